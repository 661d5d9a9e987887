package import SyncCore

/// The commented configuration that `duet init` writes: how to sign in, and the default mappings.
package enum ConfigurationTemplate {
    /// Contacts are mapped; the other objects are written out and commented out.
    package static let text = Self.text(connected: [])

    /// The same for accounts that Duet is let into already.
    package static func text(
        connected: Set<Side>,
        _ choices: SetupChoices = SetupChoices()
    ) -> String {
        ([Self.head(connected, choices)] + DefaultMapping.all.map { Self.mapping($0, choices) }
            + [Self.custom]).joined(separator: "\n")
    }

    private static func head(_ connected: Set<Side>, _ choices: SetupChoices) -> String {
        let hubspot =
            connected.contains(.hubspot)
            ? "hubspot: connected             # by what `duet connect hubspot` stored"
            : Self.hubspot
        let salesforce =
            connected.contains(.salesforce)
            ? "salesforce: connected          # by what `duet connect salesforce` stored"
            : Self.salesforce
        let rest = Self.rest.replacing(
            "allowance: {salesforce: 20%}",
            with: "allowance: {salesforce: \(choices.allowance)%}"
        )
        return [Self.title, hubspot, "", salesforce, "", rest].joined(separator: "\n")
    }

    private static let title = """
        # duet.yaml: one HubSpot portal kept in step with one Salesforce org.
        # Check it any time with: duet plan
        version: 1

        """

    private static let hubspot = """
        # Or `hubspot: connected`, after `duet connect hubspot`.
        hubspot:
          # A Service Key, or a private app's token. The file says where it is, never what it is.
          token: env:HUBSPOT_TOKEN
          # Or OAuth:
          # oauth: {clientID: env:HUBSPOT_CLIENT_ID, clientSecret: env:HUBSPOT_CLIENT_SECRET,
          #         refreshToken: env:HUBSPOT_REFRESH_TOKEN}
        """

    private static let salesforce = """
        # Or `salesforce: connected`, after `duet connect salesforce`.
        salesforce:
          # Production: https://login.salesforce.com   Sandbox: https://test.salesforce.com
          loginURL: https://login.salesforce.com
          oauth:
            clientID: env:SALESFORCE_CLIENT_ID
            clientSecret: env:SALESFORCE_CLIENT_SECRET
            refreshToken: env:SALESFORCE_REFRESH_TOKEN
        """

    private static let rest = """
        # What is synced with what, waiting writes and history live in this file, next to this configuration.
        store: duet.sqlite

        # What a rule may let win is read right before it is overwritten. An edit within that moment is
        # lost unless `strict`: Salesforce then refuses the write (25 records a call instead of 1,000).
        # guard: strict

        # What of the org's API calls of a day Duet may use; at least 10 % of them are always left to others.
        # What is over waits, nothing is dropped; `duet status` tells how much is used.
        allowance: {salesforce: 20%}

        # Each field can be taken out, and others be added, before the first sync. A line that is commented out
        # says what it needs. Rules: preferSalesforce (the default), alwaysSalesforce, twoWay, dontSync,
        # preferHubSpot, alwaysHubSpot, fillEmpty; or in words, such as Two-way.
        mappings:
        """

    // MARK: - Mappings

    private static func mapping(_ mapping: DefaultMapping, _ choices: SetupChoices) -> String {
        let intro = (Self.intros[mapping.hubspot] ?? []).map { "# \($0)" }
        var lines = Self.settings[mapping.hubspot] ?? []
        if mapping.hubspot == "contacts" {
            lines = lines.flatMap { Self.chosen($0, choices) }
        } else if choices.portal != nil, let kind = ObjectKind.named(mapping.hubspot) {
            // The other portal's records stay there, as its people do.
            lines.removeAll { $0.hasPrefix("  creates:") }
            lines.append("  creates: salesforce")
            lines.append("  keys: {salesforce: \(choices.key(kind.salesforceKey))}")
        }
        lines.append("  fields:")
        lines += mapping.rows.flatMap { Self.lines(of: $0) }.map { "    \($0)" }
        if !choices.objects.contains(mapping.hubspot) { lines = lines.map { "# \($0)" } }
        return (intro + lines).map { "  \($0)\n" }.joined()
    }

    /// A line of contacts' settings as it was chosen.
    private static func chosen(_ line: String, _ choices: SetupChoices) -> [String] {
        switch line {
        case "  createAs: contact":
            let creates = choices.creates == .both ? [] : ["  creates: \(choices.creates.rawValue)"]
            return ["  createAs: \(choices.createAs)"] + creates
        case "  include: all":
            return [choices.segment.map { "  include: {segment: \"\($0)\"}" } ?? line]
        case _ where line.hasPrefix("    salesforce: HubSpot_Record_ID__c "):
            let key = "HubSpot_Record_ID__c"
            return [line.replacing(key, with: choices.key(key))]
        default: return [line]
        }
    }

    private static let intros = [
        "companies": [
            "Companies with Accounts. HubSpot keeps no company name unique: two of one name are shown to",
            "you, never guessed. Their keys: HubSpot_Record_ID__c and sf_account_key. Once they are synced, what",
            "belongs to them can say so: the lines that need companies in the other mappings.",
        ],
        "deals": [
            "Deals with Opportunities. `dealstage` holds ids of HubSpot's own: list each that is synced. One that",
            "is not listed stays where it is and is shown to you. Their keys: HubSpot_Record_ID__c and",
            "sf_opportunity_key.",
        ],
        "tickets": [
            "Tickets with Cases: a subject names no case, so only keys tie them (HubSpot_Record_ID__c and",
            "sf_case_key). Where both CRMs have the same ones already, write `match: [subject]` before the first",
            "`duet backfill tickets`: what is not matched is made on the other side.",
        ],
        "tasks": [
            "Activities: tasks, calls, emails and notes with Tasks, meetings with Events. Only keys tie them:",
            "HubSpot_Record_ID__c on Activity (notes: HubSpot_Note_ID__c) and sf_task_key (meetings: sf_event_key).",
            "`contact` and `about` are whom one is with and what it is about: of several the ticket, the deal, the",
            "company; and the oldest contact. `creates` says where new ones are made: both, hubspot, salesforce,",
            "none. `taskType` is Salesforce's Type of new tasks.",
        ],
    ]

    /// What stands above the fields.
    private static let settings = [
        "contacts": [
            "- name: contacts",
            "  hubspot: contacts",
            "  # A HubSpot contact is matched with Salesforce contacts and leads …",
            "  salesforce: [Contact, Lead]",
            "  # … and becomes one of them when nothing matches: contact or lead, or whatever the first rule",
            "  # says that holds: [{contact: {lifecyclestage: [opportunity, customer]}}, lead]. A rule asks for",
            "  # values, for `any`, or for a company that is `synced`: {contact: {associatedcompanyid: synced}}.",
            "  # Leads have no account: where companies are synced too, look in HubSpot's settings (Objects,",
            "  # Companies) whether it makes companies of contacts by itself; no API tells. Turn that off, let",
            "  # companies have `creates: hubspot`, or convert each lead with the account that is there.",
            "  createAs: contact",
            "  match: [email]",
            "  # Each record's id is kept on its counterpart, so that nothing is ever created twice.",
            "  # Create these fields first; `keys: none` if your admin forbids them.",
            "  keys:",
            "    salesforce: HubSpot_Record_ID__c      # Text 18, external id, unique, on both objects",
            "    hubspot: {Contact: sf_contact_key, Lead: sf_lead_key}   # unique single-line text",
            "  # Two-way fields that differ when two existing records are first matched:",
            "  # report (write nothing, list them), salesforce, hubspot or newest.",
            "  firstSync: report",
            "  # Which records: all, or by conditions on either CRM's fields, or a HubSpot segment by name:",
            "  # {hubspot: {lifecyclestage: [lead, customer]}, salesforce: {LeadSource: any}, segment: VIPs}",
            "  include: all",
            "  # Records can tell how they stand (In sync, Waiting, Error, Not included) and where their counterpart",
            "  # is, in text fields that you made for it:",
            "  # status:",
            "  #   hubspot: {field: duet_sync_status, page: duet_salesforce_record}",
            "  #   salesforce: {field: Duet_Sync_Status__c, page: Duet_HubSpot_Record__c}",
        ],
        "companies": [
            "- name: companies", "  hubspot: companies", "  salesforce: Account", "  match: [name]",
        ],
        "deals": [
            "- name: deals", "  hubspot: deals", "  salesforce: Opportunity",
            "  match: [dealname]            # or `match: none`: then only keys tie records",
        ],
        "tickets": ["- name: tickets", "  hubspot: tickets", "  salesforce: Case"],
        "tasks": ["- name: tasks", "  hubspot: tasks", "  creates: both"],
        "meetings": ["- name: meetings", "  hubspot: meetings"],
        "calls": ["- name: calls", "  hubspot: calls", "  taskType: Call"],
        "emails": ["- name: emails", "  hubspot: emails"],
        "notes": ["- name: notes", "  hubspot: notes", "  creates: salesforce"],
    ]

    // MARK: - Rows

    private static func lines(of row: DefaultMapping.Row) -> [String] {
        var lines = Self.filled((row.off ?? row.note ?? "").split(separator: " ").map(String.init))
            .map { "# \($0)" }
        let start = row.off == nil ? "" : "# "
        let written = Self.filled(Self.parts(of: row))
        lines += written.enumerated().map { start + ($0.offset == 0 ? "- " : "   ") + $0.element }
        return lines
    }

    /// A row as YAML, in pieces between which a line may end.
    private static func parts(of row: DefaultMapping.Row) -> [String] {
        var members = ["hubspot: \(row.hubspot)"]
        if row.salesforce.byObject.isEmpty {
            members.append("salesforce: \(row.salesforce.first)")
        } else {
            let names = row.salesforce.byObject.sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value)" }
            members.append("salesforce: {\(names.joined(separator: ", "))}")
        }
        members.append("rule: \(row.rule.rawValue)")
        if !row.defaults.isEmpty {
            members.append("default: [\(row.defaults.joined(separator: ", "))]")
        }
        let values = row.values.map { "\($0.hubspot): \($0.salesforce)" }
        for (place, value) in values.enumerated() {
            let isLast = place == values.count - 1
            members.append((place == 0 ? "values: {" : "") + value + (isLast ? "}" : ""))
        }
        if let unlisted = row.unlisted { members.append("unlisted: \(unlisted)") }
        return members.enumerated().map { place, member in
            let isLast = place == members.count - 1
            return (place == 0 ? "{" : "") + member + (isLast ? "}" : ",")
        }
    }

    /// Words as lines of at most so many characters.
    private static func filled(_ words: [String]) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count < Self.width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    private static let width = 88
}
