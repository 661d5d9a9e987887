import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Objects that both accounts made themselves: rows V12, V10 and X06.
struct CustomObjectTests {
    private static let alone = Rehearsal.cars.split(separator: "\n").filter {
        !$0.contains("association")
    }.joined(separator: "\n")

    // MARK: - Values

    @Test func `V12: a record of Salesforce's own object comes to HubSpot, and edits go both ways`()
        async throws
    {
        let stage = try await Rehearsal.driving(Self.alone)
        let made = try stage.salesforceCreates(
            "Car__c",
            ["Name": "Beetle", "VIN__c": "WV1", "Price__c": "1999.5", "Stage__c": "New"]
        )
        try await stage.plays()
        let car = try #require(stage.car)
        #expect(car["car_name"] == "Beetle")
        #expect(car["price"] == "1999.5")
        #expect(car["hs_pipeline_stage"] == "new")
        #expect(car["sf_car_key"] == made)
        stage.wait()
        try await stage.plays()
        #expect(stage.salesforce(made, "HubSpot_Record_ID__c") == car.id)
        try stage.hubspotEdits(car.id, of: "car", ["price": "1500", "hs_pipeline_stage": "sold"])
        try stage.salesforceEdits(made, ["Name": "Beetle 1303"])
        try await stage.plays()
        #expect(stage.salesforce(made, "Stage__c") == "Sold")
        #expect(stage.hubspot(car.id, "car_name", of: "car") == "Beetle 1303")
        #expect(stage.hubspotRecords("car").count == 1)
        #expect(stage.records("Car__c").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `V12: a record of HubSpot's own object comes to Salesforce, with its owner, once`()
        async throws
    {
        let stage = try await Rehearsal.driving(Self.alone)
        let (before, billed) = (try await stage.ledger(), stage.billed)
        for number in 0..<3 {
            try stage.hubspotCreates(
                "car",
                ["car_name": "Beetle", "vin": "WV\(number)", "hubspot_owner_id": "72"]
            )
        }
        for _ in 0..<3 { try await stage.plays() }
        let cars = stage.records("Car__c")
        #expect(cars.count == 3)
        #expect(Set(cars.map { $0["VIN__c"].text }) == ["WV0", "WV1", "WV2"])
        #expect(cars.allSatisfy { $0["OwnerId"].text == Rehearsal.sam })
        #expect(stage.hubspotRecords("car").count == 3)
        try stage.salesforceEdits(cars[0].id, ["OwnerId": Rehearsal.ada])
        try await stage.plays()
        let key = cars[0]["HubSpot_Record_ID__c"].text ?? ""
        #expect(stage.hubspot(key, "hubspot_owner_id", of: "car") == "71")
        #expect(try await stage.findings().isEmpty)
        let after = try await stage.ledger()
        for side in Side.allCases {
            let told = (after[side] ?? 0) - (before[side] ?? 0)
            #expect(told == (stage.billed[side] ?? 0) - (billed[side] ?? 0))
        }
    }

    @Test
    func `V12: an import brings over what both sides have, matched by what the file says, once`()
        async throws
    {
        let stage = try await Rehearsal.driving(
            Self.alone.replacing("salesforce: Car__c", with: "salesforce: Car__c\n    match: vin")
        )
        for number in 0..<30 {
            try stage.salesforceCreates("Car__c", ["Name": "S\(number)", "VIN__c": "v\(number)"])
            try stage.hubspotCreates("car", ["car_name": "H\(number)", "vin": "v\(number + 10)"])
        }
        stage.wait()
        for _ in 0..<2 {
            _ = try await stage.runner.backfillAndPush("cars")
            stage.wait()
        }
        #expect(stage.records("Car__c").count == 40)
        #expect(stage.hubspotRecords("car").count == 40)
        let keys = stage.hubspotRecords("car").map { $0["sf_car_key"] ?? "" }
        #expect(Set(keys) == Set(stage.records("Car__c").map(\.id)))
        // The names differ since before they were synced: nobody guesses which is right.
        #expect(Set(try await stage.findings().map(\.code)) == [.firstSyncDiverged])
    }

    @Test func `V12: what HubSpot demands of a new record is told where it has no value`()
        async throws
    {
        let stage = try await Rehearsal.driving(
            Self.alone.replacing(
                "{hubspot: car_name, salesforce: Name, rule: twoWay}",
                with: "{hubspot: car_name, salesforce: VIN__c, rule: twoWay}"
            ).replacing("{hubspot: vin, salesforce: VIN__c, rule: twoWay}", with: "")
                .split(separator: "\n").filter { !$0.hasSuffix("- ") }.joined(separator: "\n")
        )
        try stage.salesforceCreates("Car__c", ["Name": "Beetle"])
        try await stage.plays()
        #expect(stage.hubspotRecords("car").isEmpty)
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.missingRequiredField])
        #expect(findings.first?.details == ["cars", "car_name"])
    }

    @Test func `V12: two that are merged in HubSpot are told, and nothing is made again`()
        async throws
    {
        let stage = try await Rehearsal.driving(Self.alone)
        let cars = try (0..<2).map { number in
            try stage.hubspotCreates("car", ["car_name": "Car \(number)"])
        }
        for _ in 0..<2 { try await stage.plays() }
        let survivor = try stage.world.with { state, now in
            try state.hubspot.merge(cars[0], with: cars[1], object: "car", at: now)
        }
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.records("Car__c").count == 2)
        #expect(stage.hubspotRecords("car").map(\.id) == [survivor])
        #expect(Set(try await stage.findings().map(\.code)) == [.counterpartsMerged])
        // Salesforce merges no custom objects: the one that is deleted leaves the other in the pair.
        let second = try #require(
            stage.records("Car__c").first { $0["Name"].text == "Car 1" }
        ).id
        try stage.world.with { state, now in try state.salesforce.delete(second, at: now) }
        for _ in 0..<3 { try await stage.plays() }
        try stage.hubspotEdits(survivor, of: "car", ["car_name": "One car"])
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.records("Car__c").map { $0["Name"].text } == ["One car"])
        #expect(try await stage.findings().isEmpty)
    }

    // MARK: - References

    @Test(arguments: [true, false])
    func `V10: the lookups of a new record are the associations of its counterpart`(
        isOwn: Bool
    ) async throws {
        let stage = try await Rehearsal.driving(isOwn: isOwn)
        let firm = try await stage.firm("Acme")
        let (driver, seller) = (try await stage.person("Roe"), try await stage.person("Doe"))
        let deal = try await stage.deal("Boat")
        let garage = try await stage.garage("North")
        try stage.salesforceCreates(
            "Car__c",
            [
                "Name": "Beetle", "Account__c": firm.salesforce, "Driver__c": driver.salesforce,
                "Seller__c": seller.salesforce, "Deal__c": deal.salesforce,
                "Garage__c": garage.salesforce,
            ]
        )
        let before = try await stage.calls(to: "associationsWrite")
        try await stage.plays()
        let car = try #require(stage.car).id
        #expect(stage.tied(car, in: "car", to: "companies") == [firm.hubspot])
        #expect(stage.tied(car, in: "car", to: "deals") == [deal.hubspot])
        #expect(stage.tied(car, in: "car", to: "garage") == [garage.hubspot])
        #expect(try stage.labelled(car, "Driver") == [driver.hubspot])
        #expect(try stage.labelled(car, "Seller") == [seller.hubspot])
        // The new record brought them along.
        #expect(try await stage.calls(to: "associationsWrite") == before)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.records("Car__c").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `V10: the associations of a new record are the lookups of its counterpart`()
        async throws
    {
        let stage = try await Rehearsal.driving()
        let firm = try await stage.firm("Acme")
        let driver = try await stage.person("Roe")
        let garage = try await stage.garage("North")
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle"])
        try stage.ties(car, of: "car", to: firm.hubspot, of: "companies")
        try stage.ties(car, of: "car", to: garage.hubspot, of: "garage")
        try stage.labels(car, to: driver.hubspot, as: "Driver")
        try await stage.plays()
        let made = try #require(stage.records("Car__c").first)
        #expect(made["Account__c"].text == firm.salesforce)
        #expect(made["Driver__c"].text == driver.salesforce)
        #expect(made["Seller__c"].text == nil)
        #expect(made["Garage__c"].text == garage.salesforce)
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: [true, false])
    func `V10: another lookup ties the other record and takes the former away, and back`(
        isOwn: Bool
    ) async throws {
        let stage = try await Rehearsal.driving(isOwn: isOwn)
        let (acme, bolt) = (try await stage.firm("Acme"), try await stage.firm("Bolt"))
        let (roe, doe) = (try await stage.person("Roe"), try await stage.person("Doe"))
        let made = try stage.salesforceCreates(
            "Car__c",
            ["Name": "Beetle", "Account__c": acme.salesforce, "Driver__c": roe.salesforce]
        )
        try await stage.plays()
        let car = try #require(stage.car).id
        try stage.salesforceEdits(
            made,
            [
                "Account__c": bolt.salesforce, "Driver__c": doe.salesforce,
                "Seller__c": roe.salesforce,
            ]
        )
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.tied(car, in: "car", to: "companies") == [bolt.hubspot])
        #expect(try stage.labelled(car, "Driver") == [doe.hubspot])
        // Only the label was taken from the first driver, who sells the car now.
        #expect(try stage.labelled(car, "Seller") == [roe.hubspot])
        try stage.unties(car, of: "car", from: bolt.hubspot, of: "companies")
        try stage.ties(car, of: "car", to: acme.hubspot, of: "companies")
        try stage.hubspotEdits(car, of: "car", ["vin": "WV1"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(made, "Account__c") == acme.salesforce)
        #expect(stage.salesforce(made, "Driver__c") == doe.salesforce)
        try stage.salesforceEdits(made, ["Account__c": "", "Driver__c": ""])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.tied(car, in: "car", to: "companies").isEmpty)
        #expect(try stage.labelled(car, "Driver").isEmpty)
        #expect(stage.salesforce(made, "Seller__c") == roe.salesforce)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test(arguments: [false, true])
    func `V10: a record and what it belongs to come at once, in either order, and are tied`(
        isParentFirst: Bool
    ) async throws {
        let stage = try await Rehearsal.driving()
        func person() throws -> String {
            try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        }
        let early = isParentFirst ? try person() : nil
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle"])
        let garage = try stage.hubspotCreates("garage", ["title": "North"])
        let driver = try early ?? person()
        try stage.labels(car, to: driver, as: "Driver")
        try stage.ties(car, of: "car", to: garage, of: "garage")
        try await stage.plays()
        let made = try #require(stage.records("Car__c").first)
        #expect(made["Driver__c"].text == stage.records("Contact").first?.id)
        #expect(made["Garage__c"].text == stage.records("Garage__c").first?.id)
        // It was made with them: nothing was written to it afterwards.
        let changes = stage.world.with { state, _ in
            state.salesforce.changes.filter { $0.recordID == made.id }
        }
        #expect(changes.count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test func `V10: cars that are imported before their garages get them with the garages`()
        async throws
    {
        let stage = try await Rehearsal.driving()
        for number in 0..<12 {
            let garage = try stage.salesforceCreates("Garage__c", ["Name": "Garage \(number)"])
            for car in 0..<3 {
                try stage.salesforceCreates(
                    "Car__c",
                    ["Name": "Car \(car)", "VIN__c": "\(number)", "Garage__c": garage]
                )
            }
        }
        stage.wait()
        _ = try await stage.runner.backfillAndPush("cars")
        #expect(stage.hubspotRecords("car").count == 36)
        stage.wait()
        _ = try await stage.runner.backfillAndPush("garages")
        let names = stage.hubspotRecords("garage").map { ($0.id, $0["title"] ?? "") }
        let titles = Dictionary(names) { one, _ in one }
        for car in stage.hubspotRecords("car") {
            let tied = stage.tied(car.id, in: "car", to: "garage").map { titles[$0] }
            #expect(tied == ["Garage \(car["vin"] ?? "")"])
        }
        try await stage.plays()
        #expect(stage.hubspotRecords("car").count == 36)
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: [false, true])
    func `V10: a lookup to contacts names no lead, and gets the contact that becomes of it`(
        isSynced: Bool
    ) async throws {
        let stage = try await Rehearsal.driving(
            [Rehearsal.cars, Rehearsal.garages, Rehearsal.owners].joined(separator: "\n")
                .replacing("createAs: contact", with: "createAs: lead")
        )
        let person = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try await stage.plays()
        let lead = try #require(stage.records("Lead").first).id
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle"])
        // The car may be there before it gets its driver.
        if isSynced { for _ in 0..<2 { try await stage.plays() } }
        try stage.labels(car, to: person, as: "Driver")
        try stage.hubspotEdits(car, of: "car", ["vin": "WV0"])
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Car__c").first)
        #expect(made["Driver__c"].text == nil)
        #expect(made["VIN__c"].text == "WV0")
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
        _ = try stage.world.with { state, now in
            try state.salesforce.convert(lead: lead, at: now)
        }
        for _ in 0..<2 { try await stage.plays() }
        try stage.hubspotEdits(car, of: "car", ["vin": "WV1"])
        for _ in 0..<2 { try await stage.plays() }
        let contact = try #require(stage.records("Contact").first).id
        #expect(stage.salesforce(made.id, "Driver__c") == contact)
        #expect(try stage.labelled(car, "Driver") == [person])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V10: a detail is made with its master, and told where it has none`() async throws {
        let mappings = [Rehearsal.cars, Rehearsal.garages, Rehearsal.owners].joined(separator: "\n")
            .split(separator: "\n").filter { !$0.contains("OwnerId") }.joined(separator: "\n")
        let stage = try await Rehearsal.driving(mappings, isDetail: true)
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle"])
        let stray = try stage.hubspotCreates("car", ["car_name": "Stray"])
        let garage = try stage.hubspotCreates("garage", ["title": "North"])
        try stage.ties(car, of: "car", to: garage, of: "garage")
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.records("Car__c").map { $0["Name"].text } == ["Beetle"])
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.missingRequiredField])
        #expect(findings.first?.hubspotID == stray)
        #expect(findings.first?.details == ["Car__c", "Garage__c"])
        try stage.ties(stray, of: "car", to: garage, of: "garage")
        try stage.hubspotEdits(stray, of: "car", ["vin": "WV2"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.records("Car__c").count == 2)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V10: the contact of a ticket is that of its case, and another one too`()
        async throws
    {
        let stage = try await Rehearsal.playing(
            Rehearsal.owners
                + "\n      - {association: contacts, salesforce: ContactId, rule: twoWay}"
        )
        let (roe, doe) = (try await stage.person("Roe"), try await stage.person("Doe"))
        let made = try stage.salesforceCreates(
            "Case",
            ["Subject": "It leaks", "Status": "New", "ContactId": roe.salesforce]
        )
        try await stage.plays()
        let ticket = try #require(stage.hubspotRecords("tickets").first).id
        #expect(stage.tied(ticket, in: "tickets", to: "contacts") == [roe.hubspot])
        try stage.salesforceEdits(made, ["ContactId": doe.salesforce])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.tied(ticket, in: "tickets", to: "contacts") == [doe.hubspot])
        try stage.unties(ticket, of: "tickets", from: doe.hubspot, of: "contacts")
        try stage.ties(ticket, of: "tickets", to: roe.hubspot, of: "contacts")
        try stage.hubspotEdits(ticket, of: "tickets", ["subject": "It drips"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(made, "ContactId") == roe.salesforce)
        #expect(try await stage.findings().isEmpty)
    }

    // MARK: - Deletes

    @Test func `X06: a policy deletes the counterpart of either side, and nothing comes back`()
        async throws
    {
        var runtime = RuntimeSettings()
        runtime.sweeps = SweepSettings()
        let stage = try await Rehearsal.driving(
            Self.alone.replacing(
                "salesforce: Car__c",
                with: "salesforce: Car__c\n    deletes: delete"
            ),
            settings: runtime
        )
        let cars = try (0..<3).map { number in
            try stage.hubspotCreates("car", ["car_name": "Car \(number)"])
        }
        for _ in 0..<2 { try await stage.plays() }
        let keys = cars.map { stage.hubspot($0, "sf_car_key", of: "car") }
        try stage.world.with { state, now in
            try state.salesforce.delete(keys[0], at: now)
            try state.hubspot.archive(cars[1], object: "car", at: now)
        }
        for _ in 0..<2 { try await stage.plays() }
        stage.wait(seconds: 3_700)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspotRecords("car").map(\.id) == [cars[2]])
        #expect(stage.records("Car__c").map(\.id) == [keys[2]])
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `X06: without a policy a delete is told, and the counterpart stays`() async throws {
        let stage = try await Rehearsal.driving(Self.alone)
        let car = try stage.hubspotCreates("car", ["car_name": "Beetle"])
        for _ in 0..<2 { try await stage.plays() }
        let key = stage.hubspot(car, "sf_car_key", of: "car")
        try stage.world.with { state, now in try state.salesforce.delete(key, at: now) }
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspotRecords("car").count == 1)
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
    }
}
