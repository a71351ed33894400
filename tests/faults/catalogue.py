"""All faults that are put into a page."""

from __future__ import annotations

from tests.faults import of_addresses, of_fields, of_files, of_links, of_references, of_structure
from tests.faults.ground import CODES
from tests.faults.model import Fault

ALL: tuple[Fault, ...] = (
    *of_files.FAULTS,
    *of_fields.FAULTS,
    *of_references.FAULTS,
    *of_structure.FAULTS,
    *of_links.FAULTS,
    *of_addresses.FAULTS,
)
ACTIVE = tuple(fault for fault in ALL if fault.codes[0] in CODES)
