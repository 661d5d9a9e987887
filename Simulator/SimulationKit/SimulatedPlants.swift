import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import WireJSON

/// Both CRMs have an object of their own that nobody has mapped: people and another app make its
/// records, edit, delete and restore them, and tie them to contacts and leads while those are synced.
package struct SimulatedPlants {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
    }

    /// Whether, what, in which CRM, who, which plant, which other record.
    static let choicesOfOne = 6

    private enum Deed {
        case make, edit, delete, restore, tie, part

        init(_ choice: Int) {
            switch choice {
            case 0, 1: self = .make
            case 2...4: self = .edit
            case 5: self = .delete
            case 6: self = .restore
            case 7, 8: self = .tie
            default: self = .part
            }
        }
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let hubspot: PlantsOfHubSpot
    private let salesforce: PlantsOfSalesforce
    private var number = 0
    private var hasSchema = false

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.hubspot = PlantsOfHubSpot(world: pair.world)
        self.salesforce = PlantsOfSalesforce(world: pair.world)
    }

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.plants, percent: self.plan.percent)
        let deed = Deed(choices.choose(.plants, below: 10))
        let side: Side = choices.choose(.plants, below: 2) == 0 ? .hubspot : .salesforce
        let isApp = choices.choose(.plants, below: 2) == 1
        let plant = choices.choose(.plants, below: 1_000)
        let other = choices.choose(.plants, below: 1_000)
        if !self.hasSchema { self.hasSchema = self.hubspot.makeSchema() }
        guard happens, self.hasSchema || side == .salesforce else { return }
        self.number += 1
        let keeper: any PlantKeeper = side == .hubspot ? self.hubspot : self.salesforce
        switch deed {
        case .make: try self.make(keeper, isApp)
        case .restore: try self.restore(keeper, plant)
        case .edit, .delete, .tie, .part:
            let living = self.pair.book.withLock { $0.living(side, keeper.object) }
            guard !living.isEmpty else { return try self.make(keeper, isApp) }
            let record = living[plant % living.count]
            switch deed {
            case .delete: try self.delete(keeper, record, isApp)
            case .tie: try self.tie(keeper, record, other, isApp)
            case .part: try self.part(keeper, record, other, isApp)
            case .edit, .make, .restore: try self.edit(keeper, record, isApp)
            }
        }
    }

    // MARK: - Deeds

    private func make(_ keeper: any PlantKeeper, _ isApp: Bool) throws {
        let record = try keeper.make("Plant \(self.number)", "City \(self.number)", isApp: isApp)
        guard let record else { return }
        self.pair.book.withLock { $0.note(record) }
        self.tell(keeper, "\(record.id) is made", isApp, .plantWorked)
    }

    private func edit(
        _ keeper: any PlantKeeper,
        _ record: UnmappedRecord,
        _ isApp: Bool
    ) throws {
        let city = "City \(self.number)"
        guard try keeper.edit(record.id, city: city, isApp: isApp) else { return }
        var record = record
        record.values[keeper.cityName] = city
        self.pair.book.withLock { [record] in $0.note(record) }
        self.tell(keeper, "\(record.id) is edited", isApp, .plantWorked)
    }

    private func delete(
        _ keeper: any PlantKeeper,
        _ record: UnmappedRecord,
        _ isApp: Bool
    ) throws {
        guard try keeper.delete(record.id, isApp: isApp) else { return }
        self.pair.book.withLock { $0.delete(record) }
        self.tell(keeper, "\(record.id) is deleted", isApp, .plantWorked)
    }

    /// Only people can do it.
    private func restore(_ keeper: any PlantKeeper, _ plant: Int) throws {
        let gone = self.pair.book.withLock { $0.gone(keeper.side, keeper.object) }
        guard !gone.isEmpty else { return }
        let record = gone[plant % gone.count]
        try keeper.restore(record.id)
        self.pair.book.withLock { $0.restore(record) }
        self.tell(keeper, "\(record.id) is restored", false, .plantWorked)
    }

    private func tie(
        _ keeper: any PlantKeeper,
        _ record: UnmappedRecord,
        _ other: Int,
        _ isApp: Bool
    ) throws {
        guard let tied = try keeper.tie(record, other, isApp: isApp) else { return }
        self.pair.book.withLock { $0.note(tied) }
        self.tell(keeper, "\(record.id) is tied", isApp, .plantTied)
    }

    private func part(
        _ keeper: any PlantKeeper,
        _ record: UnmappedRecord,
        _ other: Int,
        _ isApp: Bool
    ) throws {
        guard let parted = try keeper.part(record, other, isApp: isApp) else { return }
        self.pair.book.withLock { $0.note(parted) }
        self.tell(keeper, "\(record.id) is parted", isApp, .plantTied)
    }

    private func tell(
        _ keeper: any PlantKeeper,
        _ text: String,
        _ isApp: Bool,
        _ probe: Probe
    ) {
        let now = self.pair.time.wallMilliseconds
        let who = isApp ? "an app" : "a person"
        self.pair.lines?.withLock { $0.append("\(now) plants: \(keeper.side) \(text) by \(who)") }
        self.pair.recorder.probes.hit(probe)
    }

    // MARK: - The two CRMs

    static let hubspotName = "plant"
    static let properties = ["plant_name", "city"]
    static let salesforceName = "Plant__c"
    static let fields = ["Name", "City__c", "Contact__c", "Lead__c"]

    /// The org's custom object, with lookups to contacts and leads, and the app that works with it.
    static func set(up settings: inout MockSalesforceSettings) {
        settings.credentials.append(OtherApp.salesforce)
        settings.customObjects.append(
            MockSalesforceCustomObject(name: Self.salesforceName, label: "Plant")
        )
        settings.customFields.append(
            MockSalesforceCustomField(object: Self.salesforceName, name: "City__c", label: "City")
        )
        for target in ["Contact", "Lead"] {
            var lookup = MockSalesforceCustomField(
                object: Self.salesforceName,
                name: target + "__c",
                label: target,
                type: .reference
            )
            lookup.referenceTo = target
            settings.customFields.append(lookup)
        }
    }
}
