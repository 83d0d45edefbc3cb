from django import forms

from maiam.platform.ui.forms import FilteringForm


class TrailForm(FilteringForm):
    """Which entries an inspector looks for."""

    actor = forms.CharField(label="Ai", required=False, max_length=80, help_text="Ví dụ: official:12")
    action = forms.CharField(label="Việc", required=False, max_length=80, help_text="Ví dụ: cases.no_contact")
    subject_id = forms.CharField(label="Mã bản ghi", required=False, max_length=64)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)
