import MockHubSpot
import MockSalesforce
import SyncCore

/// Tasks and calls, which are two objects of HubSpot's and one of Salesforce's: people note what they do, each under
/// a title of its own, write more about it and give it to others.
struct SimulatedActivities {
    /// One activity as a side has it.
    struct Record: Sendable, Hashable {
        var side: Side
        /// HubSpot's name of its object.
        var kind: String
        var id: String
        var title: String
        var text: String
        /// The id of its counterpart, as it names it.
        var key: String?
        /// The contacts that it is with.
        var contacts: [String]
    }

    private struct Kind {
        var name: String
        var title: String
        var text: String
        var subtype: String
    }

    private static let kinds = [
        Kind(
            name: "tasks",
            title: "hs_task_subject",
            text: "hs_task_body",
            subtype: "Task"
        ),
        Kind(name: "calls", title: "hs_call_title", text: "hs_call_body", subtype: "Call"),
    ]

    /// HubSpot's objects.
    static let names = Self.kinds.map(\.name)

    private let pair: SimulatedPair

    init(_ pair: SimulatedPair) { self.pair = pair }

    // MARK: - Deeds

    func make(_ side: Side, _ number: Int, _ first: Int, _ second: Int) throws {
        let kind = Self.kinds[first % Self.kinds.count]
        let title = "\(side == .hubspot ? "h" : "s").n.\(number)"
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            let contacts = Self.contacts(side, state)
            let contact = contacts.isEmpty ? nil : contacts[second % contacts.count]
            switch side {
            case .hubspot:
                let id = try state.hubspot.create(
                    object: kind.name,
                    fields: [(kind.title, title), ("hs_timestamp", Self.time)],
                    at: now
                )
                guard let contact else { return }
                try state.hubspot.tie(id, of: kind.name, to: contact, of: "contacts")
            case .salesforce:
                var fields = [
                    MockSalesforceRecord.Field("Subject", .text(title)),
                    .init("TaskSubtype", .text(kind.subtype)),
                ]
                if let contact { fields.append(.init("WhoId", .text(contact))) }
                _ = try state.salesforce.create(object: "Task", fields: fields, at: now)
            }
        }
    }

    func edit(_ side: Side, _ number: Int, _ first: Int) throws {
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            let all = Self.records(side, state)
            guard !all.isEmpty, let kind = Self.kind(all[first % all.count].kind) else { return }
            let id = all[first % all.count].id
            switch side {
            case .hubspot:
                try state.hubspot.edit(
                    id,
                    object: kind.name,
                    fields: [(kind.text, "h.t.\(number)")],
                    at: now
                )
            case .salesforce:
                let field = MockSalesforceRecord.Field("Description", .text("s.t.\(number)"))
                try state.salesforce.edit(id, fields: [field], at: now)
            }
        }
    }

    /// An activity is with another contact from now on.
    func pass(_ side: Side, _ number: Int, _ first: Int, _ second: Int) throws {
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            let (all, contacts) = (Self.records(side, state), Self.contacts(side, state))
            guard !all.isEmpty, !contacts.isEmpty else { return }
            let record = all[first % all.count]
            let contact = contacts[second % contacts.count]
            switch side {
            case .hubspot:
                for before in record.contacts where before != contact {
                    try state.hubspot.untie(
                        record.id,
                        of: record.kind,
                        from: before,
                        of: "contacts"
                    )
                }
                try state.hubspot.tie(record.id, of: record.kind, to: contact, of: "contacts")
                // A tie moves no stamp: something else of the record is changed with it.
                guard let kind = Self.kind(record.kind) else { return }
                try state.hubspot.edit(
                    record.id,
                    object: record.kind,
                    fields: [(kind.text, "h.t.\(number)")],
                    at: now
                )
            case .salesforce:
                let field = MockSalesforceRecord.Field("WhoId", .text(contact))
                try state.salesforce.edit(record.id, fields: [field], at: now)
            }
        }
    }

    // MARK: - What there is

    /// All activities of both sides.
    static func all(_ pair: SimulatedPair) -> [Record] {
        pair.world.with { state, _ in Side.allCases.flatMap { Self.records($0, state) } }
    }

    private static func records(_ side: Side, _ state: MockWorld.State) -> [Record] {
        switch side {
        case .hubspot:
            self.kinds.flatMap { kind in
                state.hubspot.export(object: kind.name).map { record in
                    Record(
                        side: side,
                        kind: kind.name,
                        id: record.id,
                        title: record[kind.title] ?? "",
                        text: record[kind.text] ?? "",
                        key: record["sf_task_key"],
                        contacts: state.hubspot.ties(of: record.id, in: kind.name, to: "contacts")
                    )
                }
            }
        case .salesforce:
            state.salesforce.export(object: "Task").map { record in
                let subtype = record["TaskSubtype"].text
                return Record(
                    side: side,
                    kind: self.kinds.first { $0.subtype == subtype }?.name ?? "tasks",
                    id: record.id,
                    title: record["Subject"].text ?? "",
                    text: record["Description"].text ?? "",
                    key: record[SimulatedObject.keyField].text,
                    contacts: [record["WhoId"].text].compactMap(\.self)
                )
            }
        }
    }

    private static func contacts(_ side: Side, _ state: MockWorld.State) -> [String] {
        switch side {
        case .hubspot: state.hubspot.ids(of: "contacts")
        case .salesforce: state.salesforce.export(object: "Contact").map(\.id)
        }
    }

    private static func kind(_ name: String) -> Kind? { self.kinds.first { $0.name == name } }

    // MARK: - Mappings

    /// As a file's mappings of them are compiled.
    static var mappings: [ObjectMapping] { Self.kinds.compactMap(Self.mapping) }

    private static func mapping(_ kind: Kind) -> ObjectMapping? {
        guard let counterpart = ObjectKind.named(kind.name)?.salesforce.first else { return nil }
        let text = FieldShape(type: .text)
        let shapes: [(String, FieldShape, String, FieldShape)] = [
            (kind.title, text, "Subject", text), (kind.text, text, "Description", text),
            (
                "hs_timestamp", FieldShape(type: .datetime), "ActivityDate",
                FieldShape(type: .date)
            ),
            ("contact", FieldShape(type: .reference), "WhoId", FieldShape(type: .reference)),
        ]
        var task = ObjectMapping.Object(
            name: counterpart.object,
            fields: shapes.map { .init(name: $0.2, shape: $0.3) },
            keyField: SimulatedObject.keyField
        )
        task.share = counterpart.share
        task.constants = counterpart.constants
        let contacts = ReferenceTargets(
            [.init(mapping: "contacts", hubspot: "contacts", salesforce: ["Contact"])],
            isTied: true
        )
        return ObjectMapping(
            name: kind.name,
            hubspot: .init(
                name: kind.name,
                fields: shapes.map { .init(name: $0.0, shape: $0.1) },
                keyField: nil
            ),
            hubspotKeyFields: [counterpart.object: counterpart.hubspotKey],
            salesforce: [task],
            createAs: counterpart.object,
            fields: shapes.enumerated().map { index, shape in
                FieldMapping(
                    index: index,
                    hubspot: shape.0,
                    salesforce: shape.2,
                    rule: .twoWay,
                    kind: shape.0 == "contact" ? .reference(contacts) : .plain
                )
            },
            matchFields: []
        )
    }

    /// When everything happens, in milliseconds since 1970.
    private static let time = "1793523600000"
}
