"""Models of this app hold data of the staff, not of contacts."""

from crm.accounts.models import ApiToken, Role, Team, User
from crm.kernel.personal_data import holds_none

holds_none(User, why="Data of the staff; deactivated, not erased, while audit rows name them.")
holds_none(Role, why="A list of roles.")
holds_none(Team, why="A list of teams.")
holds_none(ApiToken, why="Keys of the staff's programs.")
