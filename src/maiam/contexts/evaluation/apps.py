from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "maiam.contexts.evaluation"
    label = "evaluation"
