from __future__ import annotations

from core.errors import ConflictError, NotFoundError


class KindMissingError(ConflictError):
    code = "training_kind_missing"
    detail = (
        "Version {number} holds no {kind} rows, which this recipe trains on. Add {kind} to its dataset and build "
        "a version, or choose another recipe."
    )


class NothingToTrainOnError(ConflictError):
    code = "nothing_to_train_on"
    detail = "Version {number} has no {kind} rows in train. Collect more answers, or give train a share in the dataset."


class TrainingRefusedError(ConflictError):
    code = "training_refused"
    detail = "{problem}"


class TrainingUnderWayError(ConflictError):
    code = "training_under_way"
    detail = "The run is under way. Wait for it, or cancel it first."


class TrainingFinishedError(ConflictError):
    code = "training_finished"
    detail = "The run has finished, so there is nothing to go on with. Start a new one."


class NotPromotableError(ConflictError):
    code = "training_not_promotable"
    detail = "Only a reward model that has finished training can help to choose pairs."


class TrainingFileMissingError(NotFoundError):
    code = "training_file_missing"
    detail = "The run has no file with this path."
