import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Two CRMs in which people make cars, give them to other garages and drivers, and take them away, while the process
/// dies again and again.
struct CustomConvergenceTests {
    private typealias Pair = (hubspot: String, salesforce: String)

    /// `requests`: how many get through before the process ends; the last one's reply is lost.
    @Test(arguments: 1...30)
    func `one car on either side is never two, whenever the process dies`(
        requests: Int
    ) async throws {
        let stage = try await Rehearsal.driving()
        let driver = try await stage.person("Roe")
        let garage = try stage.hubspotCreates("garage", ["title": "North"])
        let car = try stage.hubspotCreates("car", ["car_name": "Mine"])
        try stage.ties(car, of: "car", to: garage, of: "garage")
        try stage.labels(car, to: driver.hubspot, as: "Driver")
        let other = try stage.salesforceCreates("Garage__c", ["Name": "South"])
        try stage.salesforceCreates(
            "Car__c",
            ["Name": "Theirs", "Garage__c": other, "Seller__c": driver.salesforce]
        )
        stage.wait()
        stage.kill(after: requests, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        for _ in 0..<4 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.hubspotRecords("car").count == 2)
        #expect(stage.hubspotRecords("garage").count == 2)
        let cars = stage.records("Car__c")
        #expect(cars.count == 2)
        #expect(stage.records("Garage__c").count == 2)
        let mine = try #require(cars.first { $0["Name"].text == "Mine" })
        #expect(mine["Driver__c"].text == driver.salesforce)
        #expect(mine["Garage__c"].text == stage.hubspot(garage, "sf_garage_key", of: "garage"))
        let theirs = try #require(
            stage.hubspotRecords("car").first { $0["car_name"] == "Theirs" }
        ).id
        #expect(try stage.labelled(theirs, "Seller") == [driver.hubspot])
        let tied = stage.tied(theirs, in: "car", to: "garage")
        #expect(tied.map { stage.hubspot($0, "sf_garage_key", of: "garage") } == [other])
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test(arguments: 1...20)
    func `both sides end with the same cars of the same garages and drivers`(
        seed: Int
    ) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stage = try await Rehearsal.driving(isOwn: seed % 2 == 0)
        var people: [Pair] = []
        for name in ["Abe", "Bo", "Cy"] { people.append(try await stage.person(name)) }
        for number in 0..<14 {
            for _ in 0..<random.below(3) + 1 {
                try self.act(on: stage, people, number: number, &random)
            }
            stage.wait(seconds: Int64(random.below(40)) + 1)
            if random.below(3) == 0 {
                stage.kill(after: random.below(25) + 1, losesReply: random.below(2) == 0)
                _ = try? await stage.runner.sync()
                stage.revive()
                try await stage.restart()
            } else {
                _ = try await stage.runner.sync()
            }
        }
        for number in 0..<4 {
            stage.wait(seconds: 1_500)
            // An edit of everything shows ties that moved no stamp.
            for car in stage.hubspotRecords("car") {
                try stage.hubspotEdits(car.id, of: "car", ["price": "\(900 + number)"])
            }
            stage.wait()
            _ = try await stage.runner.sync()
        }
        try await self.check(stage, people)
    }

    private func act(
        on stage: Rehearsal,
        _ people: [Pair],
        number: Int,
        _ random: inout SeededRandom
    ) throws {
        let cars = stage.hubspotRecords("car").map(\.id)
        let theirs = stage.records("Car__c").map(\.id)
        let (garages, others) = (
            stage.hubspotRecords("garage").map(\.id), stage.records("Garage__c").map(\.id)
        )
        let person = people[random.below(people.count)]
        let label = ["Driver", "Seller"][random.below(2)]
        switch random.below(8) {
        case 0:
            let id = try stage.hubspotCreates("car", ["car_name": "H \(number)"])
            try stage.labels(id, to: person.hubspot, as: label)
            guard random.below(2) == 0 else { return }
            let garage = try stage.hubspotCreates("garage", ["title": "H \(number)"])
            try stage.ties(id, of: "car", to: garage, of: "garage")
        case 1:
            let garage = try stage.salesforceCreates("Garage__c", ["Name": "S \(number)"])
            try stage.salesforceCreates(
                "Car__c",
                ["Name": "S \(number)", "\(label)__c": person.salesforce, "Garage__c": garage]
            )
        case 2 where !cars.isEmpty && !garages.isEmpty:
            let (car, garage) = (
                cars[random.below(cars.count)], garages[random.below(garages.count)]
            )
            if stage.tied(car, in: "car", to: "garage").contains(garage) {
                try stage.unties(car, of: "car", from: garage, of: "garage")
            } else {
                try stage.ties(car, of: "car", to: garage, of: "garage")
            }
            try stage.hubspotEdits(car, of: "car", ["price": "\(number)"])
        case 3 where !theirs.isEmpty && !others.isEmpty:
            let isCleared = random.below(4) == 0
            try stage.salesforceEdits(
                theirs[random.below(theirs.count)],
                ["Garage__c": isCleared ? "" : others[random.below(others.count)]]
            )
        case 4 where !theirs.isEmpty:
            let isCleared = random.below(4) == 0
            try stage.salesforceEdits(
                theirs[random.below(theirs.count)],
                ["\(label)__c": isCleared ? "" : person.salesforce]
            )
        case 5 where !cars.isEmpty:
            let car = cars[random.below(cars.count)]
            try stage.labels(car, to: person.hubspot, as: label)
            try stage.hubspotEdits(car, of: "car", ["price": "\(100 + number)"])
        case 6 where !cars.isEmpty:
            try stage.hubspotEdits(
                cars[random.below(cars.count)],
                of: "car",
                ["vin": "H\(number)"]
            )
        case 7 where !theirs.isEmpty:
            try stage.salesforceEdits(
                theirs[random.below(theirs.count)],
                ["VIN__c": "S\(number)"]
            )
        default: break
        }
    }

    private func check(_ stage: Rehearsal, _ people: [Pair]) async throws {
        let cars = stage.hubspotRecords("car")
        let theirs = stage.records("Car__c")
        #expect(cars.count == theirs.count)
        #expect(stage.hubspotRecords("garage").count == stage.records("Garage__c").count)
        #expect(try await stage.store.linkCount(mapping: "cars") == cars.count)
        for car in cars {
            let other = try #require(theirs.first { $0.id == car["sf_car_key"] })
            #expect(other["HubSpot_Record_ID__c"].text == car.id)
            #expect(other["Name"].text == car["car_name"])
            #expect(other["VIN__c"].text ?? "" == car["vin"] ?? "")
            let garages = stage.tied(car.id, in: "car", to: "garage").map {
                stage.hubspot($0, "sf_garage_key", of: "garage")
            }
            self.agree(other["Garage__c"].text, garages, car.id)
            for label in ["Driver", "Seller"] {
                let named = try stage.labelled(car.id, label)
                self.agree(
                    other["\(label)__c"].text,
                    people.filter { named.contains($0.hubspot) }.map(\.salesforce),
                    car.id
                )
            }
        }
        #expect(try await stage.openEntries() == 0)
        #expect(try await stage.store.waitingCount() == 0)
        let codes = Set(try await stage.findings().map(\.code))
        #expect(codes.isSubset(of: [.conflict]))
    }

    /// A lookup says one of the ties, or nothing where there is none.
    private func agree(_ lookup: String?, _ ties: [String], _ car: String) {
        if let lookup {
            #expect(ties.contains(lookup), "\(car)")
        } else {
            #expect(ties.isEmpty, "\(car)")
        }
    }
}
