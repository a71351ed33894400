"""Schemas, rules and packs: all that is known of the content. This package alone reads that data."""

from algokader_lint.knowledge.coverage import CoverageDefinition, Draft, FrameworkCodes, Group, Target
from algokader_lint.knowledge.law_addresses import LawAddresses
from algokader_lint.knowledge.link_check import Hurry, LinkCheckData
from algokader_lint.knowledge.model import Model, Text, plain, worst
from algokader_lint.knowledge.reading import BadKnowledge, load_knowledge
from algokader_lint.knowledge.rules import Knowledge, Pack, Rule, Scope, SuppressionForm
from algokader_lint.knowledge.schema import ContentType, FieldSpec, check_pattern
from algokader_lint.knowledge.sections import SectionSpec, plain_heading

__all__ = [
    "BadKnowledge",
    "ContentType",
    "CoverageDefinition",
    "Draft",
    "FieldSpec",
    "FrameworkCodes",
    "Group",
    "Hurry",
    "Knowledge",
    "LawAddresses",
    "LinkCheckData",
    "Model",
    "Pack",
    "Rule",
    "Scope",
    "SectionSpec",
    "SuppressionForm",
    "Target",
    "Text",
    "check_pattern",
    "load_knowledge",
    "plain",
    "plain_heading",
    "worst",
]
