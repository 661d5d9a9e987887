import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// Segments of HubSpot's that say which contacts and deals are synced: people put records into them and take them out,
/// often with an edit, and delete a segment for a while.
package struct SimulatedMembers {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        package var hasContacts: Bool
        package var hasDeals: Bool
        /// Whether segments are deleted and brought back.
        package var deletes: Bool
        /// Whether everybody is let in at last.
        package var letsAllIn: Bool

        static func drawn(_ random: inout SeededRandom) -> Self {
            var plan = Plan(
                percent: random.pick([50, 80]),
                hasContacts: random.happens(percent: 60),
                hasDeals: random.happens(percent: 60),
                deletes: random.happens(percent: 50),
                letsAllIn: random.happens(percent: 50)
            )
            if !plan.hasContacts { plan.hasDeals = true }
            return plan
        }

        /// Who joins and leaves moves no stamp.
        var sweepSettings: SweepSettings {
            var settings = SweepSettings()
            settings.archivedInterval = 1_800_000
            settings.refreshInterval = 1_800_000
            return settings
        }

        /// The objects that have a segment, in the order in which they are made.
        var objects: [String] {
            (self.hasContacts ? ["contacts"] : []) + (self.hasDeals ? ["deals"] : [])
        }

        /// The segment of an object's, in HubSpot's count of its lists.
        func segment(of object: String) -> String? {
            self.objects.firstIndex(of: object).map { String($0 + 1) }
        }

        /// How a run's header tells it.
        package var words: String {
            "segments of " + self.objects.joined(separator: " and ")
                + (self.deletes ? ", which are deleted for a while" : "")
                + (self.letsAllIn ? ", all let in at last" : "")
        }
    }

    /// Whether, what, which object and side, which record.
    static let choicesOfOne = 4

    private enum Deed: Int, CaseIterable {
        case join, joinAgain, joinOnce, joinWithEdit, joinWithTheirs, leave, leaveAgain
        case leaveWithEdit, leaveWithTheirs, makeDeal, makeDealAgain, editDeal, editDealAgain
        case editOne, editOneAgain, delete, restore
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let hand: DealHand
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        (self.pair, self.plan, self.hand) = (pair, plan, DealHand(pair))
    }

    /// The segments, as marketing makes them.
    ///
    /// - Returns: whether they are those that the mappings name.
    static func make(
        _ objects: [SimulatedObject],
        in hubspot: inout MockHubSpot,
        at now: Int64
    ) -> Bool {
        objects.allSatisfy { object in
            guard let segment = object.segment else { return true }
            let type = object.name == "contacts" ? "0-1" : "0-3"
            let reply = OtherApp.send(
                .post,
                "/crm/v3/lists/",
                #"{"name":"Synced \#(object.name)","objectTypeId":"\#(type)","processingType":"MANUAL"}"#,
                to: &hubspot,
                at: now
            )
            let text = reply.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
            return text.contains("\"listId\":\"\(segment)\"")
        }
    }

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.members, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.members, below: Deed.allCases.count))
        let place = choices.choose(.members, below: 1_000)
        let record = choices.choose(.members, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        let object = self.plan.objects[place % self.plan.objects.count]
        let side: Side = place / 2 % 2 == 0 ? .hubspot : .salesforce
        switch deed {
        case .join, .joinAgain, .joinOnce: try self.put(true, object, record)
        case .joinWithEdit: try self.put(true, object, record, editedOn: .hubspot)
        case .joinWithTheirs: try self.put(true, object, record, editedOn: .salesforce)
        case .leave, .leaveAgain: try self.put(false, object, record)
        case .leaveWithEdit: try self.put(false, object, record, editedOn: .hubspot)
        case .leaveWithTheirs: try self.put(false, object, record, editedOn: .salesforce)
        case .makeDeal, .makeDealAgain: try self.makeDeal(side)
        case .editDeal, .editDealAgain: try self.editDeal(side, record)
        case .editOne, .editOneAgain: try self.editOne(side, object, record)
        case .delete: self.delete(object)
        case .restore: self.restore(object)
        }
    }

    /// Every segment is there, and everybody is in where the plan says so.
    func end() {
        for object in self.plan.objects {
            self.restore(object)
            guard self.plan.letsAllIn else { continue }
            for id in self.records(of: object, areIn: false) { self.put(true, object, id) }
        }
    }

    // MARK: - Deeds

    /// `editedOn`: where somebody edits the record at the same moment, or its counterpart.
    private func put(
        _ isIn: Bool,
        _ object: String,
        _ record: Int,
        editedOn side: Side? = nil
    ) throws {
        guard !self.isGone(object) else { return }
        let all = self.records(of: object, areIn: !isIn)
        guard !all.isEmpty else { return }
        let id = all[record % all.count]
        self.put(isIn, object, id)
        if let side { try self.edit(side, object, id) }
    }

    private func makeDeal(_ side: Side) throws {
        guard self.plan.hasDeals else { return }
        try self.hand.make(side, self.number)
    }

    private func editDeal(_ side: Side, _ record: Int) throws {
        guard self.plan.hasDeals else { return }
        try self.hand.edit(side, record, "m.\(self.number)")
    }

    /// Somebody edits one of those who are out, and may be so for good.
    private func editOne(_ side: Side, _ object: String, _ record: Int) throws {
        let all = self.records(of: object, areIn: false)
        guard !all.isEmpty else { return }
        try self.edit(side, object, all[record % all.count])
    }

    /// `id`: HubSpot's; its counterpart is whom it names.
    private func edit(_ side: Side, _ object: String, _ id: String) throws {
        let key = self.pair.objects.first { $0.name == object }?.keyProperty ?? ""
        let fields =
            object == "contacts" ? ("lastname", "LastName") : ("description", "Description")
        let value = "\(side == .hubspot ? "h" : "s").m.\(self.number)"
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                try state.hubspot.edit(id, object: object, fields: [(fields.0, value)], at: now)
            case .salesforce:
                guard let other = state.hubspot.record(id, of: object)?[key] else { return }
                let written = MockSalesforceRecord.Field(fields.1, .text(value))
                try state.salesforce.edit(other, fields: [written], at: now)
            }
        }
    }

    private func put(_ isIn: Bool, _ object: String, _ id: String) {
        guard self.send(.put, object, "/memberships/" + (isIn ? "add" : "remove"), "[\"\(id)\"]")
        else { return }
        self.note(object, id, isIn)
    }

    private func isGone(_ object: String) -> Bool {
        self.pair.members.withLock { $0.isGone(object) }
    }

    private func delete(_ object: String) {
        guard self.plan.deletes, !self.isGone(object) else { return }
        self.change(object, isThere: false)
    }

    private func restore(_ object: String) {
        if self.isGone(object) { self.change(object, isThere: true) }
    }

    private func change(_ object: String, isThere: Bool) {
        let isDone =
            isThere ? self.send(.put, object, "/restore", "") : self.send(.delete, object, "", "")
        if isDone { self.note(object, nil, isThere) }
    }

    private func note(_ object: String, _ record: String?, _ isIn: Bool) {
        let at = self.pair.time.wallMilliseconds
        self.pair.members.withLock {
            $0.note(.init(object: object, record: record, isIn: isIn, at: at))
        }
        self.pair.lines?.withLock { lines in
            lines.append(
                "\(at) segment of \(object): \(record ?? "all of it") \(isIn ? "in" : "out")"
            )
        }
    }

    private func send(
        _ method: HTTPMethod,
        _ object: String,
        _ path: String,
        _ body: String
    ) -> Bool {
        let segment = self.pair.objects.first { $0.name == object }?.segment ?? ""
        return self.pair.world.with { state, now in
            OtherApp.send(
                method,
                "/crm/v3/lists/\(segment)\(path)",
                body,
                to: &state.hubspot,
                at: state.time(.hubspot, at: now)
            ) != nil
        }
    }

    /// HubSpot's records that a segment has, or lacks.
    private func records(of object: String, areIn: Bool) -> [String] {
        let ids = self.pair.world.with { state, _ in state.hubspot.ids(of: object) }
        return self.pair.members.withLock { book in
            ids.filter { book.has($0, of: object) == areIn }
        }
    }
}
