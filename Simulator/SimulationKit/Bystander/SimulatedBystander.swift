import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import WireJSON

/// Another integration of the same portal and org, which works with everything that the engine does not
/// sync: deals, tickets, opportunities, cases, imports, exports, forms, events, Bulk jobs and more.
///
/// Its requests are well-formed and must be answered. Records that it makes, edits and deletes one by
/// one stand in a book of its own; what it makes in batches, imports and jobs is told by its author.
package struct SimulatedBystander {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with some of its requests.
        package var percent: Int
        /// The most requests that it sends in one go.
        package var callsMax: Int
    }

    /// Whether, in which CRM, about what, how many, and which of what is there.
    static let choicesOfOne = 5

    private let pair: SimulatedPair
    private let plan: Plan
    private var line: BystanderLine
    /// The place of the next request in each family.
    private var next: [String: Int] = [:]
    /// What replies have named, by placeholder, oldest first.
    private var known: [String: [String]] = [:]
    private var number = 0
    private static let knownMax = 40

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.line = BystanderLine(pair)
    }

    mutating func act() {
        let choices = self.pair.choices
        let happens = choices.happens(.bystander, percent: self.plan.percent)
        let side: Side = choices.choose(.bystander, below: 2) == 0 ? .hubspot : .salesforce
        let topic = choices.choose(.bystander, below: 1_000)
        let count = 1 + choices.choose(.bystander, below: self.plan.callsMax)
        let taste = choices.choose(.bystander, below: 1_000_000)
        guard happens else { return }
        let families = BystanderFamily.families(of: side)
        let family = families[topic % families.count]
        var random = SeededRandom(seed: UInt64(taste))
        self.takeWebhooks()
        for _ in 0..<count {
            let place = self.next[family.title, default: 0]
            self.next[family.title] = (place + 1) % family.calls.count
            self.send(family.calls[place], of: family, &random)
        }
    }

    /// What HubSpot has to tell its own webhooks' target: all of it is taken.
    private func takeWebhooks() {
        for delivery in self.pair.world.dueWebhooks() {
            self.pair.world.webhookDelivered(delivery.id, status: 200)
        }
    }

    private mutating func send(
        _ call: BystanderCall,
        of family: BystanderFamily,
        _ random: inout SeededRandom
    ) {
        self.number += 1
        var named: [String: String] = [:]
        guard let path = self.filled(call.path, family.side, &random, &named),
            let body = self.filled(call.body, family.side, &random, &named)
        else { return }
        let now = self.pair.time.wallMilliseconds
        let reply = self.line.send(call, path, body, to: family.side)
        let status = reply?.status ?? 0
        let fault = FuzzRun.fault(
            reply,
            to: path,
            of: family.side == .hubspot ? .hubspot : .salesforce
        )
        self.pair.bystander.withLock { facts in
            facts.count(family, status)
            if family.side == .hubspot, path.hasSuffix("/search") { facts.searched(at: now) }
            if let fault { facts.miss("\(call.method.rawValue) \(path) at \(now): \(fault)") }
        }
        self.pair.lines?.withLock { lines in
            lines.append("\(now) bystander: \(call.method.rawValue) \(path) \(body)")
            let text = String(decoding: (reply?.body ?? []).prefix(400), as: UTF8.self)
            lines.append("\(now)   bystander's reply \(status) \(text)")
        }
        guard (200..<300).contains(status) else { return }
        self.pair.recorder.probes.hit(
            family.side == .hubspot ? .hubspotServedOthers : .salesforceServedOthers
        )
        let json = (reply?.body).flatMap { try? JSON(parsing: $0) }
        for (member, placeholder) in call.finds { self.learn(member, placeholder, json) }
        self.note(call.deed, family.side, named, body, json)
    }

    // MARK: - What it knows

    /// The text with something for each placeholder; `nil` where nothing is known for one.
    private func filled(
        _ text: String,
        _ side: Side,
        _ random: inout SeededRandom,
        _ named: inout [String: String]
    ) -> String? {
        var (filled, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "{") {
            filled += rest[..<start]
            let after = rest[rest.index(after: start)...]
            guard let end = after.firstIndex(where: { !$0.isLetter && $0 != "_" }),
                after[end] == "}", end > after.startIndex
            else {
                // JSON's own.
                filled += "{"
                rest = after
                continue
            }
            let name = String(after[..<end])
            guard let value = named[name] ?? self.value(name, side, &random) else { return nil }
            if name != "n" { named[name] = value }
            filled += value
            rest = after[after.index(after: end)...]
        }
        return filled + rest
    }

    private func value(_ name: String, _ side: Side, _ random: inout SeededRandom) -> String? {
        switch name {
        case "n": return String(self.number)
        // The newest, as whoever goes on with what it has just begun.
        case let name where self.known[name] != nil: return self.known[name]?.last
        case "contact":
            let contacts = self.pair.world.with { state, _ in
                side == .hubspot
                    ? state.hubspot.export(object: "contacts").map(\.id)
                    : state.salesforce.export(object: "Contact").map(\.id)
            }
            return contacts.isEmpty ? nil : random.pick(contacts)
        default:
            let living = self.pair.book.withLock { $0.living(side, name) }
            return living.isEmpty ? nil : random.pick(living).id
        }
    }

    private mutating func learn(_ member: String, _ placeholder: String, _ json: JSON?) {
        var value = json
        for part in member.split(separator: ".") {
            value = Int(part).flatMap { value?[$0] } ?? value?[String(part)]
        }
        guard let text = value?.string ?? value?.numberText else { return }
        let local = text.firstRange(of: "://").map { host in
            String(text[(text[host.upperBound...].firstIndex(of: "/") ?? text.endIndex)...])
        }
        self.known[placeholder, default: []].append(local ?? text)
        if self.known[placeholder, default: []].count > Self.knownMax {
            self.known[placeholder]?.removeFirst()
        }
    }

    /// Keeps the book of what was done to single records.
    private func note(
        _ deed: BystanderCall.Deed,
        _ side: Side,
        _ named: [String: String],
        _ body: String,
        _ reply: JSON?
    ) {
        let json = try? JSON(parsing: Array(body.utf8))
        let members = (side == .hubspot ? json?["properties"] : json)?.members ?? []
        let values = members.compactMap { name, value in value.string.map { (name, $0) } }
        self.pair.book.withLock { book in
            switch deed {
            case .other: break
            case .make(let object):
                guard let id = reply?["id"]?.string else { return }
                let record = Dictionary(values) { first, _ in first }
                book.note(UnmappedRecord(side, object, id, record))
            case .edit(let object):
                guard
                    var record = book.living(side, object).first(where: { $0.id == named[object] })
                else { return }
                for (name, value) in values { record.values[name] = value }
                book.note(record)
            case .delete(let object):
                guard
                    let record = book.living(side, object).first(where: { $0.id == named[object] })
                else { return }
                book.delete(record)
            }
        }
    }

    // MARK: - The two CRMs

    /// The objects whose records it keeps book of.
    static let objects: [Side: [String]] = [
        .hubspot: ["companies", "deals", "tickets", "notes", "products"],
        .salesforce: [
            "Account", "Opportunity", "Case", "Campaign", "Task", "Event", "Product2", "Site__c",
        ],
    ]

    /// A portal with every object, and its app.
    static func settings(_ settings: MockHubSpotSettings) -> MockHubSpotSettings {
        var settings = settings
        let known = Set(settings.objects.map(\.name))
        settings.objects += MockHubSpotObject.standard.filter { !known.contains($0.name) }
        settings.apps.append(BystanderLine.hubspot)
        return settings
    }

    /// An org with sites, visits that belong to them, a record type, a log of deletions that is soon full,
    /// and the app.
    static func settings(_ settings: MockSalesforceSettings) -> MockSalesforceSettings {
        var settings = settings
        settings.credentials.append(BystanderLine.salesforce)
        settings.customObjects += [
            MockSalesforceCustomObject(name: "Site__c", label: "Site"),
            MockSalesforceCustomObject(name: "Visit__c", label: "Visit", nameFormat: "V-{0000}"),
        ]
        var master = MockSalesforceCustomField(
            object: "Visit__c",
            name: "Site__c",
            label: "Site",
            type: .reference
        )
        master.referenceTo = "Site__c"
        master.isMasterDetail = true
        settings.customFields += [
            MockSalesforceCustomField(object: "Site__c", name: "Street__c", label: "Street"),
            master,
        ]
        settings.recordTypes.append(
            MockSalesforceRecordType(object: "Site__c", name: "Harbour", isDefault: true)
        )
        settings.deleteLogMax = 5
        return settings
    }

    /// Urgent cases go to somebody who takes them.
    static func setUp(_ pair: SimulatedPair) {
        pair.world.with { state, now in
            guard let user = state.salesforce.settings.users.first else { return }
            state.salesforce.assignmentRules = [
                MockSalesforceAssignmentRule(
                    object: "Case",
                    name: "Urgent",
                    entries: [.init(when: "Priority", is: .text("High"), ownerID: user.id)]
                )
            ]
            let at = state.time(.hubspot, at: now)
            let campaign = state.hubspot.recordCampaign("News", subject: "News", at: at)
            for kind in [MockHubSpotEmailEvent.Kind.sent, .delivered, .open] {
                state.hubspot.recordEmail(
                    kind,
                    to: "reader@bystander.example",
                    campaign: campaign,
                    at: at
                )
            }
        }
    }
}
