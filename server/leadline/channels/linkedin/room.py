"""The room of LinkedIn lead forms."""

from __future__ import annotations

from leadline.ads import ports as ads
from leadline.capture import ports as capture
from leadline.channels.linkedin.adapter import LinkedinAdapter
from leadline.channels.linkedin.listing import LinkedinLeadList
from leadline.channels.linkedin.sandbox.desk import DESK
from leadline.channels.linkedin.setup import DOOR

capture.offer_adapter(LinkedinAdapter())
capture.offer_door(DOOR)
ads.offer_list(LinkedinLeadList())
ads.offer_desk(DESK)
