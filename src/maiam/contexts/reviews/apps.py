from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "maiam.contexts.reviews"
    label = "reviews"
