"""The room of Google Ads lead forms."""

from __future__ import annotations

from leadline.ads import ports as ads
from leadline.capture import ports as capture
from leadline.channels.google_ads.adapter import GoogleAdsAdapter
from leadline.channels.google_ads.sandbox.desk import DESK
from leadline.channels.google_ads.setup import DOOR

capture.offer_adapter(GoogleAdsAdapter())
capture.offer_door(DOOR)
ads.offer_desk(DESK)
