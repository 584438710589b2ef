"""The bucket of an S3 store, made by the commands that stand at an installation's start."""

from __future__ import annotations

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.management.base import CommandError


def bucket_make() -> None:
    """Make the bucket that the settings name, unless it is there.

    Raises
    ------
    CommandError
    """
    client = boto3.client("s3", endpoint_url=settings.BLOB_ENDPOINT_URL)
    region = client.meta.region_name
    place = (
        {} if region in {None, "us-east-1"} else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    )
    try:
        client.create_bucket(Bucket=settings.BLOB_BUCKET, **place)
    except (client.exceptions.BucketAlreadyOwnedByYou, client.exceptions.BucketAlreadyExists):
        return
    except (BotoCoreError, ClientError) as problem:
        raise CommandError(
            f"The bucket {settings.BLOB_BUCKET} cannot be made. Check AWS_ENDPOINT_URL_S3 and the AWS_* "
            f"credentials. It says: {problem}"
        ) from None
