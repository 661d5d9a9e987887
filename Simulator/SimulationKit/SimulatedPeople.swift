import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// People of both CRMs: they make records, write a value that nobody wrote before, clear one, put
/// an old one back; and what the CRMs do wrong meanwhile.
struct SimulatedPeople {
    /// Pause, deed, side, field and record: each act takes its choices whatever it does.
    static let choicesOfOneAct = 5

    let pair: SimulatedPair
    private let profile: SimulationProfile
    private let choices: Choices
    private var number = 0
    private var deeds = 0
    /// The linked records that people work on: HubSpot's id and Salesforce's.
    private var linked: [(hubspot: String, salesforce: String)] = []
    /// What people wrote to each field of a side, oldest first.
    private var written: [String: [String]] = [:]
    private var hidden: (side: String, id: String)?
    private var lives: SimulatedLives?
    private var schema: SimulatedSchema?
    private var rules: SimulatedRules?
    private var rights: SimulatedRights?
    private var worlds: SimulatedWorlds?
    private var family: SimulatedFamily?
    private var objects: SimulatedObjects?
    private var ties: SimulatedTies?
    private var roles: SimulatedRoles?
    private var lists: SimulatedFieldLists?
    private var members: SimulatedMembers?
    private var erasures: SimulatedErasures?
    private var crowd: SimulatedCrowd?

    init(_ pair: SimulatedPair, _ profile: SimulationProfile) {
        self.pair = pair
        self.profile = profile
        self.choices = pair.choices
        self.lives = profile.lives.map { SimulatedLives(pair, $0) }
        self.schema = profile.schema.map { SimulatedSchema(pair, $0) }
        self.rules = profile.rules.map { SimulatedRules(pair, $0) }
        self.rights = profile.rights.map { SimulatedRights(pair, $0) }
        self.worlds = profile.worlds.map { SimulatedWorlds(pair, $0) }
        self.family = profile.family.map { SimulatedFamily(pair, $0) }
        self.objects = profile.objects.map { SimulatedObjects(pair, $0) }
        self.ties = profile.ties.map { SimulatedTies(pair, $0) }
        self.roles = profile.roles.flatMap { SimulatedRoles(pair, $0) }
        self.lists = profile.lists.map { SimulatedFieldLists(pair, $0) }
        self.members = profile.members.map { SimulatedMembers(pair, $0) }
        self.erasures = profile.erasures.map { SimulatedErasures(pair, $0) }
        self.crowd = profile.crowd.map { SimulatedCrowd(pair, $0, profile.fields) }
    }

    private enum Deed {
        case nothing, create, clear, putBack, edit

        init(_ choice: Int) {
            switch choice {
            case 0: self = .nothing
            case 1: self = .create
            case 2, 3: self = .clear
            case 4, 5: self = .putBack
            default: self = .edit
            }
        }
    }

    /// The first records: a part of them on both sides.
    mutating func settle(records: Int) throws {
        for _ in 0..<records {
            let place = self.choices.choose(.people, below: 3)
            // Where two records meet for the first time their values may differ.
            let filled = self.choices.choose(.people, below: 4)
            if place != 1 { try self.create(onHubSpot: true, isFilled: filled & 1 != 0) }
            if place != 0 {
                let keepsNumber = place == 2
                try self.create(
                    onHubSpot: false,
                    keepsNumber: keepsNumber,
                    isFilled: filled & 2 != 0
                )
            }
        }
    }

    /// Once the engine has seen the mended fields.
    func editAgain() throws {
        guard self.profile.hasAdministrators else { return }
        let fields = self.profile.schema?.fields ?? SimulatedField.texts.count
        try SimulatedSchema.editAgain(self.pair, fields: fields)
    }

    /// The whole of the people's day.
    mutating func work() async throws {
        let neighbours = self.profile.quota.map {
            SimulatedNeighbours(self.pair, $0, acts: self.profile.edits)
        }
        for _ in 0..<self.profile.edits {
            let pause = self.choices.choose(.people, below: self.profile.pauseMax)
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            neighbours?.act()
            self.pair.ties?.settles()
            defer { self.pair.ties?.peopleActed() }
            if self.profile.hasServerFaults { self.disturb() }
            if self.profile.hidesRecords { self.hide() }
            do {
                try self.lives?.act(except: self.hidden?.id)
                self.schema?.act()
                self.rules?.act()
                self.rights?.act()
                try self.worlds?.act()
                try self.family?.act()
                try self.objects?.act()
                try self.ties?.act()
                try self.roles?.act()
                try self.lists?.act()
                try self.members?.act()
                try self.erasures?.act()
                if self.crowd != nil {
                    self.lookAround()
                    try self.crowd?.act(on: self.linked)
                }
                try await self.act()
            } catch  where self.profile.hasAdministrators {
                // A person's edit is refused like everybody's while a field is broken.
                continue
            }
        }
        self.show()
        self.schema?.mend()
        self.rules?.lift()
        self.rights?.giveBack()
        self.worlds?.mend()
        try self.objects?.end()
        try self.roles?.end()
        self.members?.end()
        neighbours?.rest()
        self.pair.world.with { state, _ in
            state.hubspot.faults = MockHubSpotFaults()
            state.salesforce.faults = MockSalesforceFaults()
        }
        if self.profile.hasServerFaults { self.pair.recorder.mark(.calm) }
    }

    private mutating func act() async throws {
        let deed = Deed(self.choices.choose(.people, below: 24))
        let isHubSpot = self.choices.choose(.people, below: 2) == 0
        let fields = self.profile.fields
        let field = fields[self.choices.choose(.people, below: fields.count)]
        let record = self.choices.choose(.people, below: max(1, self.profile.hotRecords))
        switch deed {
        case .nothing: return
        case .create: return try self.create(onHubSpot: isHubSpot)
        // Salesforce demands a last name: a person cannot clear it there.
        case .clear where field.hubspot == "lastname": return
        case .clear, .putBack, .edit: break
        }
        self.number += 1
        let fresh = field.value(self.number, on: isHubSpot ? .hubspot : .salesforce)
        self.lookAround()
        guard !self.linked.isEmpty else { return }
        let (id, key) = self.linked[record % self.linked.count]
        guard ![id, key].contains(self.hidden?.id) else { return }
        let place = "\(isHubSpot) \(id) \(field.hubspot)"
        let value: String
        switch deed {
        case .clear: value = ""
        case .putBack: value = self.written[place]?.dropLast().last ?? fresh
        case .nothing, .create, .edit: value = fresh
        }
        self.written[place, default: []].append(value)
        self.pair.recorder.probes.hit(
            value.isEmpty ? .fieldCleared : value == fresh ? .fieldEdited : .valuePutBack
        )
        try self.write(value, to: field, of: (id, key), isHubSpot)
        try await self.clash(value, field, (id, key), isHubSpot)
    }

    /// Somebody of the other side edits the same field at nearly the same time.
    private mutating func clash(
        _ value: String,
        _ field: SimulatedField,
        _ record: (contact: String, person: String),
        _ isHubSpot: Bool
    ) async throws {
        guard let percent = self.profile.clocks?.clashesPercent else { return }
        let happens = self.choices.happens(.clashes, percent: percent)
        let pause = self.choices.choose(.clashes, below: 1_500)
        guard happens, !value.isEmpty, field.type == .text else { return }
        try await self.pair.time.sleep(milliseconds: Int64(pause))
        let place = "\(!isHubSpot) \(record.contact) \(field.hubspot)"
        self.written[place, default: []].append("c." + value)
        try self.write("c." + value, to: field, of: record, !isHubSpot)
    }

    private func write(
        _ value: String,
        to field: SimulatedField,
        of record: (contact: String, person: String),
        _ isHubSpot: Bool
    ) throws {
        try self.pair.world.with { state, now in
            if isHubSpot {
                // Whoever was deleted meanwhile cannot be edited.
                do {
                    try state.hubspot.edit(
                        record.contact,
                        fields: [(field.hubspot, value)],
                        at: state.time(.hubspot, at: now)
                    )
                } catch MockHubSpotRefusal.unknownRecord {
                    return
                }
            } else {
                guard state.salesforce.record(record.person)?.isDeleted == false else { return }
                let now = state.time(.salesforce, at: now)
                try SimulatedPersons.edit(
                    record.person,
                    field,
                    field.salesforceValue(value),
                    of: &state.salesforce,
                    at: now
                )
            }
        }
    }

    /// Finds the linked records; in a large world not before each deed.
    private mutating func lookAround() {
        defer { self.deeds += 1 }
        guard self.linked.count < 100 || self.deeds % 50 == 0 else { return }
        self.linked = self.pair.world.with { state, _ in
            state.hubspot.export(object: "contacts").compactMap { contact in
                contact["sf_contact_key"].map { (contact.id, $0) }
            }
        }
    }

    /// `isFilled`: whether the new record has a value in every field.
    private mutating func create(
        onHubSpot isHubSpot: Bool,
        keepsNumber: Bool = false,
        isFilled: Bool = false
    ) throws {
        if !keepsNumber { self.number += 1 }
        self.pair.recorder.probes.hit(.recordMade)
        let (email, name) = ("p\(self.number)@example.com", "Last \(self.number)")
        let more = isFilled ? self.profile.fields.filter { $0.hubspot != "lastname" } : []
        let number = self.number
        try self.pair.world.with { state, now in
            if isHubSpot {
                let fields = more.map { ($0.hubspot, $0.value(number, on: .hubspot)) }
                _ = try state.hubspot.create(
                    fields: [("email", email), ("lastname", name)] + fields,
                    at: state.time(.hubspot, at: now)
                )
            } else {
                let fields = more.map { field in
                    let value = field.value(number + 1, on: .salesforce)
                    return MockSalesforceRecord.Field(
                        field.salesforce,
                        field.salesforceValue(value)
                    )
                }
                _ = try state.salesforce.create(
                    object: "Contact",
                    fields: [.init("Email", .text(email)), .init("LastName", .text(name))] + fields,
                    at: state.time(.salesforce, at: now)
                )
            }
        }
    }

    // MARK: - Faults

    /// Now and then one record is hidden from the integration user, and shown again.
    private mutating func hide() {
        let choice = self.choices.choose(.faults, below: 20)
        guard choice >= 18 else { return }
        guard self.hidden == nil else { return self.show() }
        let isHubSpot = choice == 18
        let linked = self.pair.world.with { state, _ in
            state.hubspot.export(object: "contacts").filter { $0["sf_contact_key"] != nil }
        }
        guard let contact = linked.first, let key = contact["sf_contact_key"] else { return }
        let isThere = self.pair.world.with { state, _ in
            // The counterpart that a key names may be gone for good.
            do {
                if isHubSpot {
                    try state.hubspot.setVisible(contact.id, false)
                } else {
                    try state.salesforce.setVisible(key, false)
                }
                return true
            } catch {
                return false
            }
        }
        guard isThere else { return }
        self.hidden = isHubSpot ? ("hubspot", contact.id) : ("salesforce", key)
        let span = HiddenSpan(
            side: isHubSpot ? .hubspot : .salesforce,
            record: isHubSpot ? contact.id : key,
            from: self.pair.time.wallMilliseconds
        )
        self.pair.hidden.withLock { $0.append(span) }
        self.pair.recorder.mark(
            .hidden,
            isHubSpot ? .hubspot : .salesforce,
            isHubSpot ? contact.id : key
        )
    }

    private mutating func show() {
        guard let hidden = self.hidden else { return }
        self.hidden = nil
        let now = self.pair.time.wallMilliseconds
        self.pair.hidden.withLock { $0[$0.count - 1].to = now }
        self.pair.recorder.mark(
            .shown,
            hidden.side == "hubspot" ? .hubspot : .salesforce,
            hidden.id
        )
        self.pair.world.with { state, _ in
            // It may be gone for good by now.
            if hidden.side == "hubspot" {
                try? state.hubspot.setVisible(hidden.id, true)
            } else {
                try? state.salesforce.setVisible(hidden.id, true)
            }
        }
    }

    /// A new turn of failures now and then; most turns are quiet.
    private func disturb() {
        let isTurn = self.choices.happens(.faults, percent: 20)
        let kind = self.choices.choose(.faults, below: 12)
        let every = 1 + self.choices.choose(.faults, below: 3)
        guard isTurn else { return }
        self.tell(kind, every)
        self.pair.world.with { state, _ in
            state.hubspot.faults = MockHubSpotFaults()
            state.salesforce.faults = MockSalesforceFaults()
            switch kind {
            case 1: state.salesforce.faults.dropAfterCommitEveryNthWrite = every
            case 2: state.salesforce.faults.dropBeforeCommitEveryNthWrite = every
            case 3: state.salesforce.faults.lockedRowEveryNth = 2
            case 4: state.salesforce.faults.expiredSessionEveryNth = 3 + every
            case 5: state.salesforce.faults.truncatedBodyEveryNth = 1 + every
            case 6: state.salesforce.faults.unavailableEveryNth = 1 + every
            case 7: state.hubspot.faults.rules = [.init(.truncatedBody, every: every + 1)]
            case 8: state.hubspot.faults.rules = [.init(.locked, every: every + 1, of: .writes)]
            case 9:
                state.hubspot.faults.rules = [
                    .init(.gatewayTimeoutAfterCommit, every: every, of: .writes)
                ]
            default: break
            }
        }
    }
}
