"""Choice sets that several parts of the API share: each has one name in its document."""

from consent.campaigns import keeping
from consent.decision import codes

CHANNELS = [(str(each), str(each)) for each in codes.Channel]
OUTCOMES = [(str(each), str(each)) for each in codes.Outcome]
CAMPAIGN_PURPOSES = [(each, each) for each in keeping.CAMPAIGN_PURPOSES]
