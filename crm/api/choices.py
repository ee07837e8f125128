"""Choice sets that several parts of the API share: each has one name in its document."""

from consent.campaigns import keeping
from consent.decision import codes
from history.channels import Channel, Direction
from history.models import Outcome, ParticipantRole

CHANNELS = [(str(each), str(each)) for each in codes.Channel]
OUTCOMES = [(str(each), str(each)) for each in codes.Outcome]
CAMPAIGN_PURPOSES = [(each, each) for each in keeping.CAMPAIGN_PURPOSES]
TOUCHPOINT_CHANNELS = [(each, each) for each in Channel.values]
TOUCHPOINT_OUTCOMES = [(each, each) for each in Outcome.values if each]
DIRECTIONS = [(each, each) for each in Direction.values if each]
PARTICIPANT_ROLES = [(each, each) for each in ParticipantRole.values]
LINE_KINDS = [(each, each) for each in ("person", "company", "opportunity", "contact_point")]
