"""Routes of the bodies: the list, and the office of seats and mandates."""

from web.mandats.bureau import ROUTES as BUREAU
from web.mandats.instances import ROUTES as INSTANCES

ROUTES = (*INSTANCES, *BUREAU)
