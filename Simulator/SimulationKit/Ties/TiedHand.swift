import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// What people do in either CRM with records that are with a contact.
struct TiedHand {
    private let pair: SimulatedPair
    private let movesStamps: Bool

    init(_ pair: SimulatedPair, movesStamps: Bool) {
        self.pair = pair
        self.movesStamps = movesStamps
    }

    // MARK: - Records

    func make(
        _ object: SimulatedObject,
        _ side: Side,
        _ number: Int,
        with contact: String?
    ) throws {
        // A title is given once.
        let title = Self.titles(of: side) + String(number)
        let id = try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                var fields = [(object.identity.hubspot, title)]
                if object.subtype != nil { fields.append(("hs_timestamp", Self.time)) }
                return try state.hubspot.create(object: object.name, fields: fields, at: now)
            case .salesforce:
                var fields = [MockSalesforceRecord.Field(object.identity.salesforce, .text(title))]
                if let subtype = object.subtype {
                    fields.append(.init("TaskSubtype", .text(subtype)))
                }
                if let contact, let partner = object.partner {
                    fields.append(.init(partner.field, .text(contact)))
                }
                return try state.salesforce.create(
                    object: object.salesforce,
                    fields: fields,
                    at: now
                )
            }
        }
        if side == .hubspot, let contact {
            try self.tie(object, id, to: contact, as: object.partner?.label)
        }
        if let contact { self.say(object, side, id, contact) }
    }

    func edit(
        _ object: SimulatedObject,
        _ side: Side,
        _ id: String,
        _ field: SimulatedField,
        _ number: Int
    ) throws {
        let value = field.value(number, on: side)
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let fields = [(field.hubspot, value)]
                try state.hubspot.edit(id, object: object.name, fields: fields, at: now)
            case .salesforce:
                let written = MockSalesforceRecord.Field(
                    field.salesforce,
                    field.salesforceValue(value)
                )
                try state.salesforce.edit(id, fields: [written], at: now)
            }
        }
    }

    func delete(_ object: SimulatedObject, _ side: Side, _ id: String) throws {
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.archive(id, object: object.name, at: now)
            case .salesforce: try state.salesforce.delete(id, at: now)
            }
        }
    }

    func restore(_ object: SimulatedObject, _ side: Side, _ id: String) throws {
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.restore(id, object: object.name, at: now)
            case .salesforce:
                do throws(MockSalesforceError) {
                    try state.salesforce.undelete(id, at: now)
                } catch  where error.code == "DUPLICATE_VALUE" {
                    // Somebody has taken its key: the person is told, and it stays where it is.
                }
            }
        }
    }

    // MARK: - Ties

    /// A record is with one contact, or with nobody.
    func pass(
        _ object: SimulatedObject,
        _ side: Side,
        _ id: String,
        to contact: String?,
        _ number: Int
    ) throws {
        guard let partner = object.partner else { return }
        switch side {
        case .hubspot:
            for before in self.partners(object, id) where before != contact {
                try self.pair.world.with { state, _ in
                    try state.hubspot.untie(id, of: object.name, from: before, of: "contacts")
                }
            }
            if let contact { try self.tie(object, id, to: contact, as: partner.label) }
            try self.touch(object, id, number)
        case .salesforce:
            let value = contact.map { MockSalesforceValue.text($0) } ?? .null
            try self.pair.world.with { state, now in
                let now = state.time(side, at: now)
                try state.salesforce.edit(id, fields: [.init(partner.field, value)], at: now)
            }
        }
        self.say(object, side, id, contact)
    }

    /// A record of HubSpot's is with one more contact.
    func join(_ object: SimulatedObject, _ id: String, to contact: String, _ number: Int) throws {
        try self.tie(object, id, to: contact, as: object.partner?.label)
        try self.touch(object, id, number)
        self.say(object, .hubspot, id, contact, isFurther: true)
    }

    func tie(
        _ object: SimulatedObject,
        _ id: String,
        to contact: String,
        as label: String?
    ) throws {
        try self.pair.world.with { state, _ in
            try state.hubspot.tie(
                id,
                of: object.name,
                to: contact,
                of: "contacts",
                as: label
            )
        }
    }

    /// Where no stamp tells of a tie, something else of the record is changed with it.
    func touch(_ object: SimulatedObject, _ id: String, _ number: Int) throws {
        guard !self.movesStamps else { return }
        try self.edit(object, .hubspot, id, object.fields[0], number)
    }

    private func say(
        _ object: SimulatedObject,
        _ side: Side,
        _ id: String,
        _ contact: String?,
        isFurther: Bool = false
    ) {
        let word = PartnerWord(
            side: side,
            object: object.name,
            record: id,
            contact: contact,
            isFurther: isFurther,
            at: self.pair.time.wallMilliseconds
        )
        self.pair.partnerWords.withLock { $0.append(word) }
        self.pair.lines?.withLock { lines in
            lines.append(
                "\(word.at) ties: \(side) \(object.name) \(id) is with \(contact ?? "nobody")"
                    + (isFurther ? " too" : "")
            )
        }
    }

    // MARK: - Who is there

    func makeContact(_ side: Side, _ number: Int) throws -> String {
        let (email, name) = ("t\(number)@example.com", "Last t\(number)")
        return try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                return try state.hubspot.create(
                    fields: [("email", email), ("lastname", name)],
                    at: now
                )
            case .salesforce:
                return try state.salesforce.create(
                    object: "Contact",
                    fields: [.init("Email", .text(email)), .init("LastName", .text(name))],
                    at: now
                )
            }
        }
    }

    func contacts(_ side: Side) -> [String] {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot: state.hubspot.ids(of: "contacts")
            case .salesforce: state.salesforce.export(object: "Contact").map(\.id)
            }
        }
    }

    /// `madeThere`: whether only those that were made on that side.
    func living(_ object: SimulatedObject, _ side: Side, madeThere: Bool = false) -> [String] {
        let start = madeThere ? Self.titles(of: side) : ""
        return self.pair.world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.export(object: object.name).filter {
                    ($0[object.identity.hubspot] ?? "").hasPrefix(start)
                }.map(\.id)
            case .salesforce:
                state.salesforce.export(object: object.salesforce).filter {
                    object.has($0)
                        && ($0[object.identity.salesforce].text ?? "").hasPrefix(start)
                }.map(\.id)
            }
        }
    }

    /// How the titles begin that people of a side give.
    private static func titles(of side: Side) -> String { side == .hubspot ? "h.t." : "s.t." }

    /// The record of a side that names a lost one.
    func counterpart(of lost: String, _ object: SimulatedObject, on side: Side) -> String? {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.export(object: object.name).first {
                    $0[object.keyProperty] == lost
                }?.id
            case .salesforce:
                state.salesforce.export(object: object.salesforce).first {
                    $0[SimulatedObject.keyField].text == lost
                }?.id
            }
        }
    }

    private func partners(_ object: SimulatedObject, _ id: String) -> [String] {
        self.pair.world.with { state, _ in
            state.hubspot.ties(
                of: id,
                in: object.name,
                to: "contacts",
                as: object.partner?.label
            )
        }
    }

    /// When everything happens, in milliseconds since 1970.
    private static let time = "1793523600000"
}
