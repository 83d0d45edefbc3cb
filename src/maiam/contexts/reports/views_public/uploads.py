"""Pictures pass through memory only, and no more of them than we keep: nothing of hers lies in a temporary folder."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from maiam.contexts.reports.rules.limits import MOST_PICTURE_BYTES, MOST_REQUEST_BYTES


class BoundedMemoryHandler(FileUploadHandler):
    """Hold each file up to one byte over its limit; what lies beyond is dropped, and the file refused by its size."""

    held_in_all = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = min(MOST_PICTURE_BYTES + 1 - start, MOST_REQUEST_BYTES - self.held_in_all)
        if room > 0:
            kept = raw_data[:room]
            self.held_in_all += len(kept)
            self.file.write(kept)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name="picture",
            content_type=None,
            size=file_size,
            charset=None,
        )


def bound_uploads(request: HttpRequest) -> None:
    """Set before anything reads the body; a request answered a second time has been read."""
    if hasattr(request, "_files"):
        return
    request.upload_handlers = [BoundedMemoryHandler(request)]
