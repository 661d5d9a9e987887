import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Administrators change fields while records are synced, and mend what they broke.
package struct SimulatedSchema {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with a change or its mending.
        package var percent: Int
        /// How many of the fields are ever changed; the others must stay in step by themselves.
        package var fields: Int
    }

    /// Whether, what, which field, whether somebody edits it and on which record.
    static let choicesOfOne = 5

    private enum Change: Int, CaseIterable {
        case shorter, readOnly, required, removed, newRequired, readOnlyProperty, archivedProperty
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var broken: (change: Change, hubspot: String, salesforce: String)?
    private var property: MockHubSpotProperty?
    private var length = 0
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() {
        let choices = self.pair.choices
        let happens = choices.happens(.schema, percent: self.plan.percent)
        let change = Change(rawValue: choices.choose(.schema, below: Change.allCases.count))
        let place = choices.choose(.schema, below: self.plan.fields)
        let isEdited = choices.choose(.schema, below: 3) > 0
        let record = choices.choose(.schema, below: 1_000)
        guard happens, let change else {
            if isEdited { self.editBroken(record) }
            return
        }
        guard self.broken == nil else { return self.mend() }
        let field = SimulatedField.texts[place]
        let (hubspot, salesforce) = (field.hubspot, field.salesforce)
        self.broken = (change, hubspot, salesforce)
        let isOfOneField = change != .newRequired && change != .required
        let noted = SchemaBreak(
            field: isOfOneField ? hubspot : nil,
            from: self.pair.time.wallMilliseconds
        )
        self.pair.breaks.withLock { $0.append(noted) }
        self.pair.lines?.withLock { $0.append("schema: \(change) \(salesforce)") }
        self.pair.world.with { state, now in
            switch change {
            case .shorter:
                self.length = state.salesforce.length(of: salesforce, of: "Contact") ?? 0
                state.salesforce.changeField(salesforce, of: "Contact", length: 3, at: now)
            case .readOnly:
                state.salesforce.changeField(salesforce, of: "Contact", isReadOnly: true, at: now)
            case .required:
                state.salesforce.changeField(salesforce, of: "Contact", isRequired: true, at: now)
            case .removed:
                state.salesforce.removeField(salesforce, of: "Contact", at: now)
            case .newRequired:
                var field = MockSalesforceCustomField(
                    object: "Contact",
                    name: "Region__c",
                    label: "Region"
                )
                field.isRequired = true
                state.salesforce.addField(field, at: now)
            case .readOnlyProperty:
                self.property = state.hubspot.property(hubspot)
                var changed = self.property
                changed?.isReadOnly = true
                state.hubspot.define(hubspot, as: changed)
            case .archivedProperty:
                self.property = state.hubspot.property(hubspot)
                state.hubspot.define(hubspot, as: nil)
            }
        }
    }

    /// Somebody of the other side writes to a broken field, and to a sound one with it.
    private mutating func editBroken(_ record: Int) {
        guard let (change, hubspot, salesforce) = self.broken else { return }
        self.number += 1
        let (value, other) = ("broken.\(self.number)", "with.\(self.number)")
        self.pair.world.with { state, now in
            let linked = state.hubspot.export(object: "contacts").filter {
                $0["sf_contact_key"] != nil
            }
            guard !linked.isEmpty else { return }
            let contact = linked[record % linked.count]
            switch change {
            case .shorter, .readOnly, .required, .removed, .newRequired:
                let fields = [(hubspot, change == .required ? "" : value), ("phone", other)]
                let now = state.time(.hubspot, at: now)
                try? state.hubspot.edit(contact.id, fields: fields, at: now)
            case .readOnlyProperty, .archivedProperty:
                let now = state.time(.salesforce, at: now)
                let fields: [MockSalesforceRecord.Field] = [
                    .init(salesforce, .text(value)), .init("Phone", .text(other)),
                ]
                try? state.salesforce.edit(contact["sf_contact_key"] ?? "", fields: fields, at: now)
            }
        }
    }

    /// What was broken last is as it was.
    mutating func mend() {
        guard let (change, hubspot, salesforce) = self.broken else { return }
        self.broken = nil
        let now = self.pair.time.wallMilliseconds
        self.pair.breaks.withLock { $0[$0.count - 1].to = now }
        self.pair.lines?.withLock { $0.append("schema: mended \(change) \(salesforce)") }
        self.pair.world.with { state, now in
            switch change {
            case .shorter:
                let length = self.length
                state.salesforce.changeField(salesforce, of: "Contact", length: length, at: now)
            case .readOnly:
                state.salesforce.changeField(salesforce, of: "Contact", isReadOnly: false, at: now)
            case .required:
                // A last name is required in every org.
                let isRequired = salesforce == "LastName"
                state.salesforce.changeField(
                    salesforce,
                    of: "Contact",
                    isRequired: isRequired,
                    at: now
                )
            case .removed:
                state.salesforce.changeField(salesforce, of: "Contact", at: now)
            case .newRequired:
                state.salesforce.removeField("Region__c", of: "Contact", at: now)
            case .readOnlyProperty, .archivedProperty:
                state.hubspot.define(hubspot, as: self.property)
            }
        }
    }

    /// Once everything is mended, somebody edits again what was refused of every other record.
    ///
    /// Of the rest an open issue must go on telling.
    static func editAgain(_ pair: SimulatedPair, fields count: Int) throws {
        let fields = SimulatedField.texts.map({ ($0.hubspot, $0.salesforce) }).prefix(count)
        try pair.world.with { state, now in
            let people = Dictionary(
                state.salesforce.export(object: "Contact").map { ($0.id, $0) }
            ) { first, _ in first }
            let tied = Set(people.values.compactMap { $0["HubSpot_Record_ID__c"].text })
            for contact in state.hubspot.export(object: "contacts").enumerated()
                .filter({ $0.offset % 2 == 1 }).map(\.element)
            {
                let person = contact["sf_contact_key"].flatMap { people[$0] }
                guard person != nil || !tied.contains(contact.id) else { continue }
                guard let person else {
                    try state.hubspot.edit(
                        contact.id,
                        fields: [("jobtitle", "again.\(contact.id.suffix(4))")],
                        at: state.time(.hubspot, at: now)
                    )
                    continue
                }
                for (hubspot, salesforce) in fields {
                    let mine = contact[hubspot] ?? ""
                    guard mine != person[salesforce].text ?? "" else { continue }
                    try state.hubspot.edit(
                        contact.id,
                        fields: [(hubspot, "again.\(contact.id.suffix(4)).\(hubspot)")],
                        at: state.time(.hubspot, at: now)
                    )
                }
            }
            for person in people.values.sorted(by: { $0.id < $1.id })
            where person["HubSpot_Record_ID__c"].text == nil {
                let value = MockSalesforceRecord.Field("Title", .text("again"))
                try state.salesforce.edit(
                    person.id,
                    fields: [value],
                    at: state.time(.salesforce, at: now)
                )
            }
        }
    }
}
