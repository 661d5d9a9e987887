import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What a mapping of custom objects lacks, told by name with what to do, before anything is written.
struct CustomMappingTests {
    private static let file = [Rehearsal.cars, Rehearsal.garages, Rehearsal.owners]
        .joined(separator: "\n")

    /// What is wrong with a file against accounts that have cars and garages.
    private func problems(
        _ mappings: String,
        isDetail: Bool = false,
        _ change: (inout MockHubSpot, inout MockSalesforceSettings) -> Void = { _, _ in }
    ) async throws -> [String] {
        let time = ManualTime()
        var portal = try Rehearsal.portalWithCars(time)
        var settings = Rehearsal.orgWithCars(isDetail: isDetail)
        change(&portal, &settings)
        let world = MockWorld(
            hubspot: portal,
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        do {
            _ = try await Rehearsal.loaded(mappings, world, time)
            return []
        } catch let problems as ConfigurationProblems {
            return problems.problems.map { "\($0.message) \($0.suggestion ?? "")" }
        }
    }

    private func expect(
        _ text: String,
        in problems: [String],
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(problems.count == 1, "\(problems)", sourceLocation: location)
        #expect(
            problems.contains { $0.contains(text) },
            "\(problems)",
            sourceLocation: location
        )
    }

    @Test(arguments: ["cars", "car", "Cars", "p9900001_car", "p_car", "2-2"])
    func `V12: an object is named as people know it, and the file names no id`(
        name: String
    ) async throws {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: try Rehearsal.portalWithCars(time),
            salesforce: MockSalesforce(settings: Rehearsal.orgWithCars()),
            time: time
        )
        let text = Self.file.replacing("hubspot: cars", with: "hubspot: \(name)")
        let loaded = try await Rehearsal.loaded(text, world, time)
        let cars = try #require(loaded.mappings.first { $0.name == "cars" })
        #expect(cars.hubspot.name == "2-2")
        #expect(cars.kind?.singular == "car")
        #expect(cars.kind?.shownBy == ["car_name"])
        #expect(cars.kind?.salesforce.first?.keyPrefix == "a01")
        #expect(cars.hubspotKeyFields == ["Car__c": "sf_car_key"])
        // Garages are brought over before what belongs to them.
        let order = loaded.mappings.map(\.name)
        #expect(order.firstIndex(of: "garages") ?? 9 < order.firstIndex(of: "cars") ?? 0)
    }

    @Test func `V12: an object that is not there is told with those that are`() async throws {
        let near = Self.file.replacing("hubspot: cars", with: "hubspot: carr")
        self.expect(
            "HubSpot shows this app no custom object `carr`. Did you mean `car`?",
            in: try await self.problems(near)
        )
        let far = Self.file.replacing("hubspot: cars", with: "hubspot: vehicles")
        self.expect("It shows these: `car`, `garage`.", in: try await self.problems(far))
        let gone = Self.file.replacing("salesforce: Garage__c, ", with: "salesforce: Nothing__c, ")
        self.expect("has no field `Nothing__c`", in: try await self.problems(gone))
        let object = Self.file.replacing("salesforce: Car__c", with: "salesforce: Bike__c")
        let told = try await self.problems(object)
        #expect(
            told.contains {
                $0.contains("Salesforce does not show Bike__c to the integration user. Give its")
            }
        )
    }

    @Test func `V12: a key that is missing or not unique is told with how it is made`() async throws
    {
        let property = Self.file.replacing(
            "salesforce: Car__c",
            with: "salesforce: Car__c\n    keys: {hubspot: {Car__c: car_key}}"
        )
        self.expect(
            "HubSpot cars has no property `car_key` for Car__c ids. Create it as unique",
            in: try await self.problems(property)
        )
        let isPlain = Self.file.replacing(
            "salesforce: Car__c",
            with: "salesforce: Car__c\n    keys: {salesforce: VIN__c}"
        )
        self.expect(
            "`VIN__c` of Car__c does not demand unique values, so it cannot be a key. Make it unique",
            in: try await self.problems(isPlain)
        )
        self.expect(
            "Salesforce Car__c has no field `HubSpot_Record_ID__c`",
            in: try await self.problems(Self.file) { _, settings in
                settings.customFields.removeAll {
                    $0.object == "Car__c" && $0.name == "HubSpot_Record_ID__c"
                }
            }
        )
    }

    @Test func `V12: what one CRM demands of every new record has to be mapped`() async throws {
        let nameless = Self.file.split(separator: "\n").filter { !$0.contains("car_name") }
            .joined(separator: "\n")
        self.expect(
            "HubSpot makes no car without `car_name`, which is not mapped. Map it, or write "
                + "`creates: salesforce`.",
            in: try await self.problems(nameless)
        )
        let oneWay = nameless.replacing(
            "salesforce: Car__c",
            with: "salesforce: Car__c\n    creates: salesforce"
        )
        #expect(try await self.problems(oneWay).isEmpty)
        let masterless = Self.file.split(separator: "\n").filter {
            !$0.contains("salesforce: Garage__c, rule") && !$0.contains("OwnerId")
        }.joined(separator: "\n")
        self.expect(
            "Salesforce makes no Car__c without `Garage__c`, the Garage__c that it belongs to, which is "
                + "not mapped. Map it with `association`, or write `creates: hubspot`.",
            in: try await self.problems(masterless, isDetail: true)
        )
    }

    @Test func `V10: a lookup to another object, and one that is mapped as a value, is told`()
        async throws
    {
        let other = Self.file.replacing(
            "label: Driver, salesforce: Driver__c",
            with: "label: Driver, salesforce: Account__c"
        )
        .split(separator: "\n").filter { !$0.contains("association: companies") }
        .joined(separator: "\n")
        self.expect(
            "`Account__c` is a lookup to Account, but contacts are synced with Contact or Lead. Name the "
                + "association with what Account is in HubSpot.",
            in: try await self.problems(other)
        )
        let value = Self.file.replacing(
            "association: companies, salesforce: Account__c",
            with: "hubspot: hs_object_source, salesforce: Account__c"
        )
        let told = try await self.problems(value)
        #expect(told.contains { $0.contains("`Account__c` is a lookup to Account") })
        let plain = Self.file.replacing(
            "association: deals, salesforce: Deal__c",
            with: "association: deals, salesforce: VIN__c"
        ).split(separator: "\n").filter { !$0.contains("hubspot: vin") }.joined(separator: "\n")
        self.expect("`VIN__c` is no lookup", in: try await self.problems(plain))
    }

    @Test func `V10: an association that HubSpot does not know is told, and so is a label`()
        async throws
    {
        let label = Self.file.replacing("label: Driver", with: "label: Drivr")
        self.expect(
            "HubSpot has no label `Drivr` for associations of cars with contacts. Did you mean `Driver`?",
            in: try await self.problems(label)
        )
        let unmapped = [Rehearsal.cars, Rehearsal.owners].joined(separator: "\n")
        self.expect(
            "`association: garages` names records that are not mapped.",
            in: try await self.problems(unmapped)
        )
        let pair = Rehearsal.garages + "\n      - {association: deals, salesforce: Name}"
        let text = pair.replacing("{hubspot: title, salesforce: Name, rule: twoWay}", with: "")
            .split(separator: "\n").filter { !$0.hasSuffix("- ") }.joined(separator: "\n")
        let alone = [text, Rehearsal.owners].joined(separator: "\n")
        let told = try await self.problems(alone)
        #expect(
            told.contains {
                $0.contains("HubSpot lets garages belong to no deals. Add the association")
            }
        )
        let twins = Self.file.replacing("label: Seller, ", with: "")
        self.expect(
            "Two fields show associations with contacts, and this one has no `label`.",
            in: try await self.problems(twins)
        )
    }

    @Test func `V10: between records of one object only a label says which belongs to which`()
        async throws
    {
        let text = Self.file.replacing(
            "association: garages, salesforce: Garage__c",
            with: "association: cars, salesforce: Garage__c"
        )
        let told = try await self.problems(text) { portal, settings in
            settings.customFields = settings.customFields.map { field in
                var field = field
                if field.object == "Car__c", field.name == "Garage__c" {
                    field.referenceTo = "Car__c"
                }
                return field
            }
            _ = portal
        }
        // HubSpot ties no two cars here.
        self.expect("HubSpot lets cars belong to no cars.", in: told)
    }

    @Test func `X06: a delete in HubSpot takes no details along`() async throws {
        let mappings = Self.file.split(separator: "\n").filter { !$0.contains("OwnerId") }
            .joined(separator: "\n").replacing(
                "salesforce: Garage__c\n",
                with: "salesforce: Garage__c\n    deletes: delete\n"
            )
        self.expect(
            "Deleting a Garage__c deletes its Car__c too, so that a garage deleted in HubSpot never deletes "
                + "one. Write `deletes: {fromHubSpot: report, fromSalesforce: delete}`.",
            in: try await self.problems(mappings, isDetail: true)
        )
        let told = mappings.replacing("deletes: delete", with: "deletes: {fromSalesforce: delete}")
        #expect(try await self.problems(told, isDetail: true).isEmpty)
    }

    @Test func `a field that was added since the last look is seen at once`() async throws {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: try Rehearsal.portalWithCars(time),
            salesforce: MockSalesforce(settings: Rehearsal.orgWithCars()),
            time: time
        )
        let store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        let connections = try await Rehearsal.connections(
            store,
            MockTransport(world: world, before: { _ in }),
            time,
            SequenceSource()
        )
        let loader = MappingLoader(store: store, connections: connections, time: time)
        let plain = try Rehearsal.configuration(Self.file)
        _ = try await loader.load(plain)
        let calls = try await store.calls(since: 0).count
        _ = try await loader.load(plain)
        // What was told is kept.
        #expect(try await store.calls(since: 0).count == calls)
        let wanting = try Rehearsal.configuration(
            Self.file.replacing(
                "{hubspot: vin, salesforce: VIN__c",
                with: "{hubspot: vin, salesforce: Number__c"
            )
        )
        await #expect(throws: ConfigurationProblems.self) { try await loader.load(wanting) }
        world.with { state, now in
            state.salesforce.addField(
                MockSalesforceCustomField(object: "Car__c", name: "Number__c", label: "Number"),
                at: now
            )
        }
        let mappings = try await loader.load(wanting).mappings
        let cars = try #require(mappings.first { $0.name == "cars" })
        #expect(cars.salesforce.first?.fields[1]?.name == "Number__c")
    }
}
