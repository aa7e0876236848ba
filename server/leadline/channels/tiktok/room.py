"""The room of TikTok lead forms."""

from __future__ import annotations

from leadline.ads import ports as ads
from leadline.capture import ports as capture
from leadline.channels.tiktok.adapter import TiktokAdapter
from leadline.channels.tiktok.sandbox.desk import DESK
from leadline.channels.tiktok.setup import DOOR

capture.offer_adapter(TiktokAdapter())
capture.offer_door(DOOR)
ads.offer_desk(DESK)
