import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Administrators take rights from the integration user while records are synced, and give them back:
/// fields, objects, scopes, the API itself.
package struct SimulatedRights {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with a right that goes or comes back.
        package var percent: Int
    }

    /// Whether, which right, which field, whether somebody works meanwhile and on which record.
    static let choicesOfOne = 5

    private enum Right: Int, CaseIterable {
        case salesforceField, salesforceFieldEdit, salesforceCreate, salesforceEdit,
            salesforceObject
        case salesforceAPI, hubspotWrites, hubspotReads, hubspotObject, hubspotProperty
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var taken: (right: Right, field: SimulatedField)?
    private var property: MockHubSpotProperty?
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() {
        let choices = self.pair.choices
        let happens = choices.happens(.rights, percent: self.plan.percent)
        let right = Right(rawValue: choices.choose(.rights, below: Right.allCases.count))
        // Salesforce shows names and what is required to everybody.
        let field = SimulatedField.texts[2 + choices.choose(.rights, below: 2)]
        let isEdited = choices.choose(.rights, below: 3) > 0
        let record = choices.choose(.rights, below: 1_000)
        guard happens, let right else {
            if isEdited { self.work(record) }
            return
        }
        guard self.taken == nil else { return self.giveBack() }
        self.taken = (right, field)
        let isOfOneField =
            [.salesforceField, .salesforceFieldEdit, .hubspotProperty].contains(right)
        let now = self.pair.time.wallMilliseconds
        self.pair.breaks.withLock {
            $0.append(SchemaBreak(field: isOfOneField ? field.hubspot : nil, from: now))
        }
        self.pair.lines?.withLock { $0.append("\(now) rights: no \(right) (\(field.hubspot))") }
        self.pair.recorder.probes.hit(
            right.rawValue < Right.hubspotWrites.rawValue ? .salesforceRightTaken : .scopeTaken
        )
        if right == .hubspotProperty {
            self.property = self.pair.world.with { state, _ in state.hubspot.property(field.hubspot)
            }
        }
        self.give(right, field, false)
    }

    /// What was taken last is there again.
    mutating func giveBack() {
        guard let (right, field) = self.taken else { return }
        self.taken = nil
        let now = self.pair.time.wallMilliseconds
        self.pair.breaks.withLock { $0[$0.count - 1].to = now }
        self.pair.lines?.withLock { $0.append("\(now) rights: \(right) again") }
        self.give(right, field, true)
    }

    private func give(_ right: Right, _ field: SimulatedField, _ isGiven: Bool) {
        let (name, property) = ("Contact.\(field.salesforce)", self.property)
        self.pair.world.with { state, now in
            func access(_ access: MockSalesforceObjectAccess) {
                state.salesforce.setObjectAccess(
                    "Contact",
                    of: Self.profile.name,
                    isGiven ? .all : access,
                    at: now
                )
            }
            switch right {
            case .salesforceField, .salesforceFieldEdit:
                state.salesforce.setFieldAccess(
                    name,
                    of: Self.profile.name,
                    isReadable: isGiven || right == .salesforceFieldEdit,
                    isEditable: isGiven,
                    at: now
                )
            case .salesforceCreate: access(MockSalesforceObjectAccess(isCreateable: false))
            case .salesforceEdit: access(MockSalesforceObjectAccess(isEditable: false))
            case .salesforceObject: access(.none)
            case .salesforceAPI:
                state.salesforce.setPermission(
                    .apiEnabled,
                    of: Self.profile.name,
                    isGiven,
                    at: now
                )
            case .hubspotWrites:
                state.hubspot.settings.apps[0].scopes = isGiven ? nil : Self.readScopes
            case .hubspotReads:
                state.hubspot.settings.apps[0].scopes = isGiven ? nil : ["oauth"]
            case .hubspotObject:
                state.hubspot.settings.apps[0].hiddenObjects = isGiven ? [] : ["contacts"]
            case .hubspotProperty:
                state.hubspot.define(field.hubspot, as: isGiven ? property : nil)
            }
        }
    }

    /// Somebody edits the field that the right is about, another one with it, or makes a record.
    private mutating func work(_ record: Int) {
        guard let (right, field) = self.taken else { return }
        self.number += 1
        let (value, other, number) = ("right.\(self.number)", "with.\(self.number)", self.number)
        let isOfSalesforce = right.rawValue < Right.hubspotWrites.rawValue
        self.pair.world.with { state, now in
            let linked = state.hubspot.export(object: "contacts").filter {
                $0["sf_contact_key"] != nil
            }
            guard !linked.isEmpty else { return }
            let contact = linked[record % linked.count]
            let (hubspotTime, time) = (
                state.time(.hubspot, at: now), state.time(.salesforce, at: now)
            )
            switch (isOfSalesforce, record % 5) {
            case (true, 0):
                _ = try? state.hubspot.create(
                    fields: [
                        ("email", "g\(number)@example.com"), ("lastname", "Right \(number)"),
                        (field.hubspot, value),
                    ],
                    at: hubspotTime
                )
            case (true, _):
                let fields = [(field.hubspot, value), ("firstname", other)]
                try? state.hubspot.edit(contact.id, fields: fields, at: hubspotTime)
            case (false, 0):
                _ = try? state.salesforce.create(
                    object: "Contact",
                    fields: [
                        .init("Email", .text("g\(number)@example.com")),
                        .init("LastName", .text("Right \(number)")),
                        .init(field.salesforce, .text(value)),
                    ],
                    at: time
                )
            case (false, _):
                let fields: [MockSalesforceRecord.Field] = [
                    .init(field.salesforce, .text(value)), .init("FirstName", .text(other)),
                ]
                try? state.salesforce.edit(
                    contact["sf_contact_key"] ?? "",
                    fields: fields,
                    at: time
                )
            }
        }
    }

    /// What the integration user may do to begin with: everything but to pass by permissions.
    static let profile = MockSalesforceProfile(
        name: "Integration",
        permissions: [.apiEnabled, .viewSetup]
    )

    private static let readScopes = [
        "oauth", "crm.objects.contacts.read", "crm.schemas.contacts.read",
    ]
}
