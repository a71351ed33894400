"""The kinds of check that rules can name: the closed, explicit table of all code that judges content.

A check yields findings without code, severity or prose. Most look at one page and may ask the site, some of them what
is known of the addresses it links to; some look at the site as a whole and may ask what was before; one looks at what
became of the waivers, one at what a change did to coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from algokader_lint.checks import (
    addresses,
    anchors,
    boxes,
    coverage,
    derived,
    directive_forms,
    directives,
    fields,
    headings,
    identity,
    images,
    laws,
    lifetime,
    link_markup,
    link_text,
    links,
    lists,
    navigation,
    own_links,
    pasted_lists,
    reading,
    references,
    running_text,
    sections,
    source_addresses,
    sources,
    tables,
    template_text,
    terms,
    waivers,
)
from algokader_lint.checks.directive_grammar import GrammarOptions
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.history import History
from algokader_lint.content.page import Page, TextFile
from algokader_lint.content.site import Site
from algokader_lint.coverage.change import CoverageChange
from algokader_lint.finding import Finding, Placed, WaiverFault
from algokader_lint.knowledge import Model
from algokader_lint.links.answer import Answer


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A check of one page, and the model of its options."""

    run: Callable[[Site, Page, Any], Iterable[Finding]]
    options: type[Model]


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """A check of one page by what is known of the addresses on it, as they are written; and the model of its options.

    ``sees`` tells that it has something to say without any answers too.
    """

    run: Callable[[Site, Page, Mapping[str, Answer], Any], Iterable[Finding]]
    options: type[Model]
    sees: bool = False


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A check of the site as a whole, and the model of its options."""

    run: Callable[[Site, History, Any], Iterable[Placed]]
    options: type[Model]


@dataclass(frozen=True, slots=True)
class WaiverCheck:
    """A check of the waivers that were met in a run, and the model of its options."""

    run: Callable[[Iterable[WaiverFault], Any], Iterable[Placed]]
    options: type[Model]


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """A check of what a change did to coverage, and the model of its options; it is told the file of settings too."""

    run: Callable[[Site, CoverageChange, TextFile, Any], Iterable[Placed]]
    options: type[Model]


CheckKind = PageCheck | LinkCheck | SiteCheck | WaiverCheck | CoverageCheck

CHECKS: Mapping[str, CheckKind] = MappingProxyType(
    {
        "reading-defect": PageCheck(reading.reading_defect, reading.DefectOptions),
        "page-like-folder": PageCheck(reading.page_like_folder, NoOptions),
        "merge-conflict": PageCheck(reading.merge_conflict, NoOptions),
        "schema-violation": PageCheck(fields.schema_violation, fields.ViolationOptions),
        "unique-value": PageCheck(identity.unique_value, NoOptions),
        "file-name-matches": PageCheck(identity.file_name_matches, NoOptions),
        "same-value": PageCheck(identity.same_value, identity.FieldOptions),
        "reference-exists": PageCheck(references.reference_exists, NoOptions),
        "reference-type": PageCheck(references.reference_type, NoOptions),
        "reference-required": PageCheck(references.reference_required, references.RequiredReferenceOptions),
        "directive-form": PageCheck(directive_forms.directive_form, GrammarOptions),
        "directive-present": PageCheck(directives.directive_present, GrammarOptions),
        "directive-filter": PageCheck(directives.directive_filter, GrammarOptions),
        "directive-words": PageCheck(directives.directive_words, GrammarOptions),
        "directive-own-key": PageCheck(directives.directive_own_key, GrammarOptions),
        "directive-page": PageCheck(directives.directive_page, GrammarOptions),
        "directive-result": PageCheck(directives.directive_result, GrammarOptions),
        "section-present": PageCheck(sections.section_present, GrammarOptions),
        "section-order": PageCheck(sections.section_order, NoOptions),
        "section-filled": PageCheck(sections.section_filled, GrammarOptions),
        "repeated-heading": PageCheck(headings.repeated_heading, GrammarOptions),
        "heading-level": PageCheck(headings.heading_level, NoOptions),
        "template-text": PageCheck(template_text.template_text, template_text.TemplateOptions),
        "template-comment": PageCheck(template_text.template_comment, template_text.CommentOptions),
        "body-indented": PageCheck(boxes.body_indented, boxes.BodyOptions),
        "opening-formed": PageCheck(boxes.opening_formed, boxes.OpeningOptions),
        "stray-bar": PageCheck(tables.stray_bar, NoOptions),
        "has-source": PageCheck(sources.has_source, sources.SourceOptions),
        "derived-page": PageCheck(derived.derived_page, derived.DerivedOptions),
        "preferred-term": PageCheck(terms.preferred_term, terms.TermOptions),
        "repeated-source": PageCheck(sources.repeated_source, sources.SourceSection),
        "link-markup": PageCheck(link_markup.link_markup, NoOptions),
        "image-text": PageCheck(images.image_text, images.ImageOptions),
        "telling-link-text": PageCheck(link_text.telling_text, link_text.TextOptions),
        "link-names-target": PageCheck(link_text.names_its_target, link_text.NamingOptions),
        "template-variable": PageCheck(running_text.template_variable, running_text.TemplateOptions),
        "mail-link": PageCheck(running_text.mail_link, NoOptions),
        "known-footnote": PageCheck(running_text.known_note, NoOptions),
        "list-without-blank-line": PageCheck(lists.list_without_blank_line, NoOptions),
        "shallow-point": PageCheck(lists.shallow_point, NoOptions),
        "pasted-list": PageCheck(pasted_lists.pasted_list, pasted_lists.BulletOptions),
        "id-vanished": SiteCheck(lifetime.id_vanished, NoOptions),
        "id-reused": SiteCheck(lifetime.id_reused, NoOptions),
        "coverage-gate": CoverageCheck(coverage.coverage_gate, NoOptions),
        "waiver-fault": WaiverCheck(waivers.waiver_fault, NoOptions),
        "link-exists": PageCheck(links.link_exists, links.LinkOptions),
        "anchor-exists": PageCheck(anchors.anchor_exists, anchors.AnchorOptions),
        "own-site-link": PageCheck(own_links.own_site_link, own_links.OwnSiteOptions),
        "link-filled-in": PageCheck(links.link_filled_in, links.EmptyLinkOptions),
        "html-link-exists": PageCheck(links.html_link_exists, links.LinkOptions),
        "repository-link": PageCheck(own_links.repository_link, own_links.RepositoryOptions),
        "navigation-exists": SiteCheck(navigation.navigation_exists, NoOptions),
        "valid-address": PageCheck(addresses.valid_address, NoOptions),
        "secure-address": PageCheck(source_addresses.secure_address, source_addresses.SecureOptions),
        "law-address": PageCheck(laws.law_address, laws.LawOptions),
        "lasting-address": PageCheck(source_addresses.lasting_address, source_addresses.VolatileOptions),
        "safe-address": LinkCheck(addresses.safe_address, addresses.AddressOptions, sees=True),
        "link-verdict": LinkCheck(addresses.link_verdict, addresses.VerdictOptions),
    }
)
