"""Runs an unmodified drt: `run_drt.py HUBSPOT_ADDRESS ARGUMENTS …`. Its HubSpot is at that address instead."""

import sys

from drt.cli.main import app
from drt.destinations import hubspot

address = sys.argv.pop(1)
hubspot._HUBSPOT_API = address + "/crm/v3/objects"
hubspot._HUBSPOT_PROPERTIES_API = address + "/crm/v3/properties"
app()
