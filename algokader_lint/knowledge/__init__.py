"""Schemas, rules and packs: all that is known of the content. This package alone reads that data."""

from algokader_lint.knowledge.model import Model, Text, plain, worst
from algokader_lint.knowledge.reading import BadKnowledge, load_knowledge
from algokader_lint.knowledge.rules import Catalogue, Knowledge, Pack, Rule, Scope, Variant
from algokader_lint.knowledge.schema import ContentType, ExpectedDirective, FieldSpec, FilePattern

__all__ = [
    "BadKnowledge",
    "Catalogue",
    "ContentType",
    "ExpectedDirective",
    "FieldSpec",
    "FilePattern",
    "Knowledge",
    "Model",
    "Pack",
    "Rule",
    "Scope",
    "Text",
    "Variant",
    "load_knowledge",
    "plain",
    "worst",
]
