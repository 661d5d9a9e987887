"""duet's release binary: `duet backfill`, then `duet sync`."""

import child
from setting import Setting
from simulator import Simulator
from two_way import KillWhen

CONFIGURATION = """\
version: 1
hubspot: {{baseURL: "{hubspot}", token: env:HUBSPOT_TOKEN}}
salesforce:
  loginURL: "{salesforce}"
  oauth:
    clientID: env:SALESFORCE_CLIENT_ID
    clientSecret: env:SALESFORCE_CLIENT_SECRET
    refreshToken: env:SALESFORCE_REFRESH_TOKEN
store: duet.sqlite
mappings:
  - name: contacts
    hubspot: contacts
    salesforce: [Contact]
    match: [email]
    firstSync: newest
    fields:
      - {{hubspot: email, salesforce: Email, rule: twoWay}}
      - {{hubspot: firstname, salesforce: FirstName, rule: twoWay}}
      - {{hubspot: lastname, salesforce: LastName, rule: twoWay, default: [$emailLocalPart, Unknown]}}
      - {{hubspot: jobtitle, salesforce: Title, rule: twoWay}}
      - {{hubspot: phone, salesforce: Phone, rule: twoWay}}
      - {{hubspot: mobilephone, salesforce: MobilePhone, rule: twoWay}}
"""


class Duet:
    name = "duet"
    lost_every = 1

    def __init__(self, setting: Setting) -> None:
        self.path = setting.duet

    def run(self, simulator: Simulator, *command: str, kill_when: KillWhen = None) -> child.Ended:
        portal, org = simulator.hubspot, simulator.salesforce
        text = CONFIGURATION.format(hubspot=portal["baseURL"], salesforce=org["baseURL"])
        (simulator.folder / "duet.yaml").write_text(text)
        environment = {
            "HUBSPOT_TOKEN": portal["token"],
            "SALESFORCE_CLIENT_ID": org["clientID"],
            "SALESFORCE_CLIENT_SECRET": org["clientSecret"],
            "SALESFORCE_REFRESH_TOKEN": org["refreshToken"],
        }
        # 3: done, but records wait for a later run.
        return child.run(
            [self.path, *command, "--json"], simulator.folder, environment, kill_when, accepts=(0, 3)
        )

    def first(self, simulator: Simulator, kill_when: KillWhen) -> child.Ended:
        return self.run(simulator, "backfill", "contacts", kill_when=kill_when)

    def again(self, simulator: Simulator) -> list[child.Ended]:
        ends = [self.run(simulator, "sync")]
        while ends[-1].status == 3 and len(ends) < 5:
            simulator.advance(700)
            ends.append(self.run(simulator, "sync"))
        return ends
