import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Companies, and people and deals that belong to them: people of both CRMs make, tie, move and delete them, in
/// whatever order.
package struct SimulatedFamily {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        /// How many companies and deals both CRMs have from before the engine's start.
        package var old: Int
        /// Whether the configuration names those who belong to others before these.
        package var hasChildrenFirst: Bool
        /// Whether HubSpot moves a record's stamp when its ties change.
        ///
        /// Else whoever ties one changes something else of it too.
        package var tiesMoveStamps: Bool
        /// Whether companies are deleted.
        package var deletes: Bool
        /// Whether tickets are kept in step as well.
        package var hasTickets: Bool?
        /// Deletes of deals and tickets that go over.
        package var carried: SimulatedDeletes.Plan?

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(
                percent: random.pick([40, 70]),
                old: random.pick([2, 4]),
                hasChildrenFirst: random.happens(percent: 50),
                tiesMoveStamps: random.happens(percent: 50),
                deletes: random.happens(percent: 60),
                hasTickets: random.happens(percent: 60)
            )
        }

        /// How a run's header tells it.
        package var words: String {
            "companies and deals" + (self.hasTickets == true ? ", tickets" : "")
                + (self.deletes ? ", companies deleted and restored" : "")
                + (self.tiesMoveStamps ? ", ties that move stamps" : "")
                + (self.hasChildrenFirst ? ", children configured first" : "")
                + (self.carried?.words ?? "")
        }
    }

    /// Whether, what, where, which record and which other one.
    static let choicesOfOne = 5

    private enum Deed: Int, CaseIterable {
        case makeCompany, makeChild, makeBoth, makeLate, nameLate, tie, tieAgain, tieOld, untie
        case setParent, move, outlaw, editCompany, editDeal, touchOld, delete, restore
        case bereave
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var number = 0
    /// HubSpot's companies that have no name yet, and the number that they will have.
    private var late: [(id: String, number: Int)] = []
    /// What can be brought back.
    private var deleted: [(side: Side, id: String)] = []
    private var deletes: SimulatedDeletes?

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.deletes = plan.carried.map { SimulatedDeletes(pair, $0) }
    }

    /// What both CRMs have before anybody looks; no poll shows it until somebody touches it.
    static func prepare(_ pair: SimulatedPair, _ plan: Plan?) throws {
        guard let plan else { return }
        defer { pair.ties?.peopleActed() }
        try pair.world.with { state, now in
            state.hubspot.settings.tiesMoveStamps = plan.tiesMoveStamps
            let (left, right) = (
                state.time(.hubspot, at: now) - Self.before,
                state.time(.salesforce, at: now) - Self.before
            )
            for number in 1...plan.old {
                _ = try state.hubspot.create(
                    object: "companies",
                    fields: [("name", "Old \(number)")],
                    at: left
                )
                _ = try state.salesforce.create(
                    object: "Account",
                    fields: [.init("Name", .text("Old \(number)"))],
                    at: right
                )
                _ = try state.hubspot.create(
                    object: "deals",
                    fields: Self.deal("Old deal \(number)", stage: 1),
                    at: left
                )
                _ = try state.salesforce.create(
                    object: "Opportunity",
                    fields: Self.opportunity("Old deal \(number)", stage: 1),
                    at: right
                )
            }
        }
    }

    mutating func act() throws {
        try self.deletes?.act()
        let choices = self.pair.choices
        let happens = choices.happens(.family, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.family, below: Deed.allCases.count))
        let side: Side = choices.choose(.family, below: 2) == 0 ? .hubspot : .salesforce
        let first = choices.choose(.family, below: 1_000)
        let second = choices.choose(.family, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        switch deed {
        case .makeCompany: _ = try self.makeCompany(side)
        case .makeChild: try self.makeChild(side, first, of: second)
        case .makeBoth: try self.makeBoth(side, first)
        case .makeLate: try self.makeLate()
        case .nameLate: try self.nameLate()
        case .tie, .tieAgain: try self.tie(side, first, to: second)
        case .tieOld: try self.tie(side, first, to: second, isOld: true)
        case .untie: try self.untie(side, first)
        case .setParent: try self.setParent(side, first, second)
        case .move: try self.move(side, first, second)
        case .outlaw: try self.outlaw(side, first)
        case .editCompany: try self.editCompany(side, first, isOld: false)
        case .editDeal: try self.editDeal(side, first)
        case .touchOld: try self.editCompany(side, first, isOld: true)
        case .delete: try self.delete(side, first)
        case .restore: try self.restore(first)
        case .bereave: try self.delete(.hubspot, first)
        }
    }

    // MARK: - Making

    private func makeCompany(_ side: Side) throws -> String {
        let name = "Firm \(self.number)"
        return try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                return try state.hubspot.create(
                    object: "companies",
                    fields: [("name", name), ("description", "hc.\(self.number)")],
                    at: now
                )
            case .salesforce:
                return try state.salesforce.create(
                    object: "Account",
                    fields: [
                        .init("Name", .text(name)),
                        .init("Description", .text("sc.\(self.number)")),
                    ],
                    at: now
                )
            }
        }
    }

    /// A new contact or deal of a company that is there.
    private func makeChild(_ side: Side, _ first: Int, of second: Int) throws {
        let companies = self.companies(side)
        guard !companies.isEmpty else { return }
        let company = companies[second % companies.count].id
        try self.makeChild(side, self.object(first), of: company)
    }

    /// A child and its company at once; HubSpot has the child first.
    private func makeBoth(_ side: Side, _ first: Int) throws {
        guard side == .hubspot else {
            return try self.makeChild(side, self.object(first), of: self.makeCompany(side))
        }
        let child = try self.makeChild(self.object(first))
        try self.tieInHubSpot(child, to: self.makeCompany(.hubspot), isNew: true)
    }

    private func makeChild(_ side: Side, _ object: String, of company: String) throws {
        switch side {
        case .hubspot:
            try self.tieInHubSpot(self.makeChild(object), to: company, isNew: true)
        case .salesforce:
            let number = self.number
            _ = try self.pair.world.with { state, now in
                try state.salesforce.create(
                    object: Self.salesforce(object),
                    fields: Self.salesforceFields(of: object, number) + [
                        .init("AccountId", .text(company))
                    ],
                    at: state.time(.salesforce, at: now)
                )
            }
        }
    }

    private func makeChild(_ object: String) throws -> Child {
        let number = self.number
        let id = try self.pair.world.with { state, now in
            try state.hubspot.create(
                object: object,
                fields: Self.hubspotFields(of: object, number),
                at: state.time(.hubspot, at: now)
            )
        }
        return Child(object: object, id: id)
    }

    /// A company that Salesforce does not take yet, for want of a name, and one of its people.
    private mutating func makeLate() throws {
        let number = self.number
        let company = try self.pair.world.with { state, now in
            try state.hubspot.create(
                object: "companies",
                fields: [("domain", "firm\(number).example.com")],
                at: state.time(.hubspot, at: now)
            )
        }
        self.late.append((company, number))
        try self.makeChild(.hubspot, self.object(number + 1), of: company)
    }

    private mutating func nameLate() throws {
        guard !self.late.isEmpty else { return }
        let (id, number) = self.late.removeFirst()
        try self.editInHubSpot(id, "companies", [("name", "Firm \(number)")])
    }

    // MARK: - Ties

    private func tie(_ side: Side, _ first: Int, to second: Int, isOld: Bool = false) throws {
        let (children, all) = (self.children(side), self.companies(side))
        let companies = isOld ? all.filter { $0.name.hasPrefix("Old") } : all
        guard !children.isEmpty, !companies.isEmpty else { return }
        let child = children[first % children.count]
        let company = companies[second % companies.count].id
        switch side {
        case .hubspot: try self.tieInHubSpot(child, to: company)
        case .salesforce: try self.editInSalesforce(child.id, [.init("AccountId", .text(company))])
        }
    }

    private func tieInHubSpot(_ child: Child, to company: String, isNew: Bool = false) throws {
        try self.pair.world.with { state, _ in
            try state.hubspot.tie(
                child.id,
                of: child.object,
                to: company,
                of: "companies",
                isPrimary: true
            )
        }
        if !isNew { try self.touch(child) }
    }

    private func untie(_ side: Side, _ first: Int) throws {
        let tied = self.children(side).filter { self.company(of: $0, side) != nil }
        guard !tied.isEmpty else { return }
        let child = tied[first % tied.count]
        guard side == .hubspot, let company = self.company(of: child, side) else {
            return try self.editInSalesforce(child.id, [.init("AccountId", .null)])
        }
        try self.pair.world.with { state, _ in
            try state.hubspot.untie(child.id, of: child.object, from: company, of: "companies")
        }
        try self.touch(child)
    }

    /// An older company becomes another one's parent: no circle can come about.
    private func setParent(_ side: Side, _ first: Int, _ second: Int) throws {
        let companies = self.companies(side).sorted { Self.rank($0.name) < Self.rank($1.name) }
        guard companies.count > 1 else { return }
        let place = 1 + first % (companies.count - 1)
        let child = companies[place].id
        // Now and then it belongs to nobody any more.
        let parent = second % 5 == 0 ? nil : companies[second % place].id
        switch side {
        case .hubspot:
            try self.pair.world.with { state, _ in try state.hubspot.setParent(parent, of: child) }
            try self.touch(Child(object: "companies", id: child))
        case .salesforce:
            let value = parent.map { MockSalesforceValue.text($0) } ?? .null
            try self.editInSalesforce(child, [.init("ParentId", value)])
        }
    }

    /// Where no stamp tells of a tie, something else of the record is changed with it.
    private func touch(_ child: Child) throws {
        if !self.plan.tiesMoveStamps { try self.change(child) }
    }

    private func change(_ child: Child) throws {
        let property = ["deals": "description", "tickets": "content"][child.object] ?? "city"
        try self.editInHubSpot(child.id, child.object, [(property, "h.tie.\(self.number)")])
    }

    // MARK: - Other deeds

    private func move(_ side: Side, _ first: Int, _ second: Int) throws {
        try self.setStage(side, first) { $0.value(second, on: side) }
    }

    /// A deal or ticket comes to a stage that the other CRM has no word for.
    private func outlaw(_ side: Side, _ first: Int) throws {
        try self.setStage(side, first) { field in
            let isDeal = field == .stage
            return side == .hubspot
                ? (isDeal ? "contractsent" : "3") : isDeal ? "Negotiation/Review" : "Escalated"
        }
    }

    private func setStage(
        _ side: Side,
        _ first: Int,
        _ stage: (SimulatedField) -> String
    ) throws {
        let staged = self.children(side).filter { $0.object != "contacts" }
        guard !staged.isEmpty else { return }
        let child = staged[first % staged.count]
        let field = child.object == "deals" ? SimulatedField.stage : .status
        switch side {
        case .hubspot:
            try self.editInHubSpot(child.id, child.object, [(field.hubspot, stage(field))])
        case .salesforce:
            try self.editInSalesforce(child.id, [.init(field.salesforce, .text(stage(field)))])
        }
    }

    private func editCompany(_ side: Side, _ first: Int, isOld: Bool) throws {
        let companies = self.companies(side).filter { $0.name.hasPrefix("Old") == isOld }
        guard !companies.isEmpty else { return }
        let id = companies[first % companies.count].id
        let isPhone = self.number % 2 == 0
        let value = "\(side == .hubspot ? "h" : "s").f.\(self.number)"
        switch side {
        case .hubspot:
            try self.editInHubSpot(id, "companies", [(isPhone ? "phone" : "description", value)])
        case .salesforce:
            let field = isPhone ? "Phone" : "Description"
            try self.editInSalesforce(id, [.init(field, .text(value))])
        }
    }

    private func editDeal(_ side: Side, _ first: Int) throws {
        let deals = self.children(side).filter { $0.object == "deals" }
        guard !deals.isEmpty else { return }
        let id = deals[first % deals.count].id
        switch side {
        case .hubspot: try self.editInHubSpot(id, "deals", [("amount", "\(self.number).5")])
        case .salesforce:
            try self.editInSalesforce(id, [.init("Amount", .number("\(self.number).25"))])
        }
    }

    /// A company goes from under its children; Salesforce deletes these with it.
    private mutating func delete(_ side: Side, _ first: Int) throws {
        let all = self.companies(side)
        guard self.plan.deletes, all.count > Self.leftMin else { return }
        let tied = self.children(side)
        let parents = Set(tied.compactMap { self.company(of: $0, side) })
        // HubSpot leaves the children where they are.
        let holders = side == .hubspot ? all.filter { parents.contains($0.id) } : []
        let companies = holders.isEmpty ? all : holders
        let id = companies[first % companies.count].id
        let children = tied.filter { self.company(of: $0, side) == id }
        guard side == .hubspot || children.count <= Self.childrenMax else { return }
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.archive(id, object: "companies", at: now)
            case .salesforce: try state.salesforce.delete(id, at: now)
            }
        }
        self.deleted.append((side, id))
        // Somebody goes on with one that is left behind.
        guard side == .hubspot, let child = children.first else { return }
        try self.change(child)
    }

    private mutating func restore(_ first: Int) throws {
        guard !self.deleted.isEmpty else { return }
        let (side, id) = self.deleted.remove(at: first % self.deleted.count)
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.restore(id, object: "companies", at: now)
            case .salesforce:
                do throws(MockSalesforceError) {
                    try state.salesforce.undelete(id, at: now)
                } catch  where error.code == "DUPLICATE_VALUE" {
                    // Somebody has taken its key: the person is told, and it stays where it is.
                }
            }
        }
    }

    // MARK: - Who is there

    /// A record that belongs to a company.
    private struct Child {
        /// HubSpot's name of its object.
        var object: String
        var id: String
    }

    /// Those that have a name.
    private func companies(_ side: Side) -> [(id: String, name: String)] {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.export(object: "companies").compactMap { company in
                    company["name"].map { (company.id, $0) }
                }
            case .salesforce:
                state.salesforce.export(object: "Account").compactMap { account in
                    account["Name"].text.map { (account.id, $0) }
                }
            }
        }
    }

    private func children(_ side: Side) -> [Child] {
        self.pair.world.with { state, _ in
            self.objects.flatMap { object in
                switch side {
                case .hubspot: state.hubspot.ids(of: object).map { Child(object: object, id: $0) }
                case .salesforce:
                    state.salesforce.export(object: Self.salesforce(object))
                        .map { Child(object: object, id: $0.id) }
                }
            }
        }
    }

    private func company(of child: Child, _ side: Side) -> String? {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot: TieWatch.company(of: child.id, in: child.object, state.hubspot)
            case .salesforce: state.salesforce.record(child.id)?["AccountId"].text
            }
        }
    }

    // MARK: - Pieces

    private func editInHubSpot(
        _ id: String,
        _ object: String,
        _ fields: [(String, String)]
    ) throws {
        try self.pair.world.with { state, now in
            let now = state.time(.hubspot, at: now)
            try state.hubspot.edit(id, object: object, fields: fields, at: now)
        }
    }

    private func editInSalesforce(_ id: String, _ fields: [MockSalesforceRecord.Field]) throws {
        try self.pair.world.with { state, now in
            try state.salesforce.edit(id, fields: fields, at: state.time(.salesforce, at: now))
        }
    }

    /// What belongs to companies.
    private var objects: [String] {
        ["contacts", "deals"] + (self.plan.hasTickets == true ? ["tickets"] : [])
    }

    private func object(_ number: Int) -> String { self.objects[number % self.objects.count] }

    private static func salesforce(_ object: String) -> String {
        ["deals": "Opportunity", "tickets": "Case"][object] ?? "Contact"
    }

    private static func hubspotFields(of object: String, _ number: Int) -> [(String, String)] {
        switch object {
        case "deals": Self.deal("Deal \(number)", stage: number)
        case "tickets":
            [
                ("subject", "Ticket \(number)"),
                ("hs_pipeline_stage", SimulatedField.status.value(number, on: .hubspot)),
            ]
        default: [("email", "f\(number)@example.com"), ("lastname", "Last f\(number)")]
        }
    }

    private static func salesforceFields(
        of object: String,
        _ number: Int
    ) -> [MockSalesforceRecord.Field] {
        switch object {
        case "deals": Self.opportunity("Deal \(number)", stage: number)
        case "tickets":
            [
                .init("Subject", .text("Ticket \(number)")),
                .init("Status", .text(SimulatedField.status.value(number, on: .salesforce))),
            ]
        default:
            [
                .init("LastName", .text("Last f\(number)")),
                .init("Email", .text("f\(number)@example.com")),
            ]
        }
    }

    private static func deal(_ name: String, stage: Int) -> [(String, String)] {
        [
            ("dealname", name), ("pipeline", "default"),
            ("dealstage", SimulatedField.stage.value(stage, on: .hubspot)),
            ("closedate", "1798761600000"), ("amount", "\(stage).5"),
        ]
    }

    private static func opportunity(_ name: String, stage: Int) -> [MockSalesforceRecord.Field] {
        [
            .init("Name", .text(name)),
            .init("StageName", .text(SimulatedField.stage.value(stage, on: .salesforce))),
            .init("CloseDate", .text("2027-01-01")), .init("Amount", .number("\(stage).5")),
        ]
    }

    /// The place of a company among those that may be its parents, told by its name.
    private static func rank(_ name: String) -> Int {
        let number = name.split(separator: " ").last.flatMap { Int($0) } ?? 0
        return name.hasPrefix("Old") ? number - 1_000_000 : number
    }

    /// How long before the engine's start the old records were made, in milliseconds.
    private static let before: Int64 = 3_600_000
    /// So many companies of a side always stay.
    private static let leftMin = 3
    /// With how many children an account may be deleted.
    private static let childrenMax = 2
}
