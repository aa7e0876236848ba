"""The ground floor's door plate: what every room stands on; later reactions travel as jobs."""

from leadline.infra.jobs import reacting

reacting.carry()
