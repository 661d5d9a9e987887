import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// An org with person accounts: some people are one, others become one, and all are edited through
/// their account.
///
/// The contact in an account's shadow takes no write.
package struct SimulatedPersons {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
    }

    static let choicesOfOne = Choices.choicesOfOneDeed

    private enum Deed: Int, CaseIterable {
        case make, makeOnBothSides, edit, editInHubSpot, convert
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() throws {
        let turn: (deed: Deed, record: Int)? = self.pair.choices.deed(
            .persons,
            percent: self.plan.percent
        )
        guard let (deed, record) = turn else { return }
        self.number += 1
        switch deed {
        case .make: try self.make(isOnBothSides: false)
        case .makeOnBothSides: try self.make(isOnBothSides: true)
        case .edit: try self.edit(record)
        case .editInHubSpot: try self.editInHubSpot(record)
        case .convert: try self.convert(record)
        }
    }

    // MARK: - Deeds

    private func make(isOnBothSides: Bool) throws {
        let number = self.number
        let (email, name) = ("a\(number)@example.com", "Person \(number)")
        let id = try self.pair.world.with { state, now in
            if isOnBothSides {
                _ = try state.hubspot.create(
                    fields: [("email", email), ("lastname", name)],
                    at: state.time(.hubspot, at: now)
                )
            }
            return try state.salesforce.create(
                object: "Account",
                fields: [
                    .init("LastName", .text(name)), .init("PersonEmail", .text(email)),
                    .init("PersonTitle", .text("person.\(number)")),
                ],
                at: state.time(.salesforce, at: now)
            )
        }
        self.tell("person account \(id) is made", .personMade)
    }

    /// The contacts in the shadow of an account, the longest there first.
    private func shadows() -> [String] {
        self.pair.world.with { state, _ in
            state.salesforce.export(object: "Contact").filter(Self.isShadow).map(\.id)
        }
    }

    private func edit(_ record: Int) throws {
        let shadows = self.shadows()
        guard !shadows.isEmpty else { return }
        let id = shadows[record % shadows.count]
        let field = SimulatedField.texts[record % SimulatedField.texts.count]
        let value = "account.\(self.number)"
        try self.pair.world.with { state, now in
            let now = state.time(.salesforce, at: now)
            try Self.edit(id, field, .text(value), of: &state.salesforce, at: now)
        }
        self.tell("somebody edits \(field.salesforce) of person \(id)", .personEdited)
    }

    /// Somebody edits in HubSpot what Salesforce will not take.
    private func editInHubSpot(_ record: Int) throws {
        let shadows = Set(self.shadows())
        let field = SimulatedField.texts[record % SimulatedField.texts.count]
        let value = "shadow.\(self.number)"
        try self.pair.world.with { state, now in
            let contacts = state.hubspot.export(object: "contacts").filter {
                shadows.contains($0["sf_contact_key"] ?? "")
            }
            guard !contacts.isEmpty else { return }
            try state.hubspot.edit(
                contacts[record % contacts.count].id,
                fields: [(field.hubspot, value)],
                at: state.time(.hubspot, at: now)
            )
        }
    }

    /// A contact gets a business account of its own, which becomes a person.
    private func convert(_ record: Int) throws {
        let number = self.number
        let id = try self.pair.world.with { state, now -> String? in
            let people = state.salesforce.export(object: "Contact").filter {
                !Self.isShadow($0) && $0["AccountId"] == .null
            }
            guard !people.isEmpty else { return nil }
            let id = people[record % people.count].id
            let now = state.time(.salesforce, at: now)
            let account = try state.salesforce.create(
                object: "Account",
                fields: [.init("Name", .text("Household \(number)"))],
                at: now
            )
            try state.salesforce.edit(id, fields: [.init("AccountId", .text(account))], at: now)
            try state.salesforce.convertToPerson(account, at: now)
            return id
        }
        guard let id else { return }
        self.tell("contact \(id) becomes a person account", .personConverted)
    }

    private func tell(_ text: String, _ probe: Probe) {
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) persons: \(text)") }
        self.pair.recorder.probes.hit(probe)
    }

    // MARK: - Shadows

    static func isShadow(_ person: MockSalesforceRecord) -> Bool {
        person["IsPersonAccount"] == .boolean(true)
    }

    /// A person edits somebody: whoever is a person account through the account.
    static func edit(
        _ id: String,
        _ field: SimulatedField,
        _ value: MockSalesforceValue,
        of salesforce: inout MockSalesforce,
        at now: Int64
    ) throws {
        guard let person = salesforce.record(id), Self.isShadow(person) else {
            return try salesforce.edit(id, fields: [.init(field.salesforce, value)], at: now)
        }
        let shared = ["FirstName", "LastName", "Phone"]
        let name =
            shared.contains(field.salesforce) ? field.salesforce : "Person" + field.salesforce
        try salesforce.edit(
            person["AccountId"].text ?? "",
            fields: [.init(name, value)],
            at: now
        )
    }
}
