"""The room of Facebook and Instagram lead ads."""

from __future__ import annotations

from leadline.ads import ports as ads
from leadline.capture import ports as capture
from leadline.channels.meta_ads.adapter import MetaAdsAdapter
from leadline.channels.meta_ads.listing import MetaLeadList
from leadline.channels.meta_ads.sandbox.desk import DESK
from leadline.channels.meta_ads.setup import DOOR

capture.offer_adapter(MetaAdsAdapter())
capture.offer_door(DOOR)
ads.offer_list(MetaLeadList())
ads.offer_desk(DESK)
