import Foundation
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import Testing
import WireJSON

@testable import MockServer

/// What was saved and loaded is what goes on.
struct SnapshotTests {
    private let time = ManualTime()
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "duet-snapshot-\(UInt64.random(in: 0 ... .max))")

    private var file: String { self.folder.appending(path: "world").path(percentEncoded: false) }

    init() throws {
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    private func world(_ size: PortalSize, seed: UInt64 = 1, hasAll: Bool = false) -> MockWorld {
        var settings = MockSalesforceSettings()
        settings.dailyCallsMax = .max / 2
        if hasAll {
            settings.customObjects = [
                MockSalesforceCustomObject(name: "Plant__c", label: "Plant", nameFormat: "P-{000}")
            ]
            var lookup = MockSalesforceCustomField(
                object: "Plant__c",
                name: "Account__c",
                label: "Account",
                type: .reference
            )
            lookup.referenceTo = "Account"
            settings.customFields.append(lookup)
            settings.queues = [MockSalesforceQueue(name: "Support", objects: ["Plant__c"])]
            settings.recordTypes = [MockSalesforceRecordType(object: "Plant__c", name: "Mill")]
            settings.permissions = MockSalesforcePermissions()
            settings.hasPersonAccounts = true
            settings.currencies = MockSalesforceCurrencies(
                currencies: [.init("USD", rate: 1), .init("EUR", rate: 0.9)],
                corporate: "USD",
                datedRates: [.init("EUR", from: "2026-01-01", rate: 0.8)]
            )
        }
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: settings),
            time: self.time
        )
        var generator = Generator(size: size, seed: seed)
        world.with { state, now in
            if hasAll { state.salesforce.duplicateRules = MockSalesforceDuplicateRule.standard }
            generator.fill(&state, now: now)
        }
        return world
    }

    private func reloaded(_ world: MockWorld) throws -> MockWorld {
        try Snapshot.save(world, to: self.file)
        return try Snapshot.load(self.file, time: self.time)
    }

    private static func signIn(_ world: MockWorld) throws -> String {
        let credential = MockSalesforceCredential.standard
        let form =
            "grant_type=client_credentials&client_id=\(credential.clientID)"
            + "&client_secret=\(credential.clientSecret)"
        let url = "http://mock/services/oauth2/token"
        let request = HTTPRequest(method: .post, url: url, body: Array(form.utf8))
        let response = try #require(world.salesforce(request))
        return try #require(try JSON(parsing: response.body)["access_token"]?.string)
    }

    private static func get(_ path: String, _ token: String) -> HTTPRequest {
        HTTPRequest(
            method: .get,
            url: "http://mock" + path,
            headers: [HTTPHeader("Authorization", "Bearer \(token)")]
        )
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `a world that was loaded answers every request as the one that was saved`(
        seed: UInt64
    ) throws {
        let size = PortalSize(contacts: 80, companies: 20, deals: 20, tickets: 20, activities: 30)
        let world = self.world(size, seed: seed, hasAll: seed.isMultiple(of: 2))
        var hubspot = RequestFuzzer(.hubspot, seed: seed)
        var salesforce = RequestFuzzer(.salesforce, seed: seed)
        var token = try Self.signIn(world)
        for _ in 0..<1_500 {
            self.time.advance(milliseconds: hubspot.pause)
            _ = world.hubspot(hubspot.next { _ in "pat-na1-integration" }.request)
            _ = world.salesforce(salesforce.next { _ in token }.request)
        }
        let loaded = try self.reloaded(world)
        token = try Self.signIn(world)
        #expect(try Self.signIn(loaded) == token)
        var different: [String] = []
        var statuses: [Int: Int] = [:]
        for _ in 0..<1_500 {
            self.time.advance(milliseconds: hubspot.pause)
            let one = hubspot.next { _ in "pat-na1-integration" }.request
            let other = salesforce.next { _ in token }.request
            for (request, first, second) in [
                (one, world.hubspot(one), loaded.hubspot(one)),
                (other, world.salesforce(other), loaded.salesforce(other)),
            ] {
                statuses[first?.status ?? 0, default: 0] += 1
                if first != second { different.append("\(request.method) \(request.url)") }
            }
        }
        #expect(different.prefix(3) == [])
        #expect(statuses.filter { (200..<300).contains($0.key) }.values.reduce(0, +) > 200)
        try Self.expectEqualReads(world, loaded, token)
        try Self.expectEqualRecords(world, loaded)
    }

    @Test func `a custom object goes on counting, and what a deletion emptied is filled again`()
        throws
    {
        let world = self.world(PortalSize(contacts: 1, companies: 1), hasAll: true)
        let (account, plant) = try world.with { state, now in
            let account = try state.salesforce.seed(
                object: "Account",
                fields: [.init("Name", .text("Acme"))],
                at: now
            )
            let plant = try state.salesforce.create(
                object: "Plant__c",
                fields: [.init("Account__c", .text(account))],
                at: now
            )
            try state.salesforce.delete(account, at: now)
            return (account, plant)
        }
        let loaded = try self.reloaded(world)
        try loaded.with { state, now in
            #expect(state.salesforce.record(plant)?["Name"] == .text("P-001"))
            #expect(state.salesforce.record(plant)?["Account__c"] == .null)
            try state.salesforce.undelete(account, at: now)
            #expect(state.salesforce.record(plant)?["Account__c"] == .text(account))
            let next = try state.salesforce.create(object: "Plant__c", fields: [], at: now)
            #expect(state.salesforce.record(next)?["Name"] == .text("P-002"))
        }
    }

    /// Reads every object type of both CRMs: records with their history, deleted ones, schemas.
    private static func expectEqualReads(
        _ world: MockWorld,
        _ other: MockWorld,
        _ token: String
    ) throws {
        let types = [
            "contacts", "companies", "deals", "tickets", "calls", "notes", "tasks", "emails",
        ]
        let hubspot = types.flatMap { type in
            [
                "/crm/v3/objects/\(type)?limit=100&associations=contacts,companies,deals",
                "/crm/v3/objects/\(type)?limit=100&archived=true",
                "/crm/v3/objects/\(type)?limit=50&propertiesWithHistory=firstname,name,hs_object_id",
                "/crm/v3/properties/\(type)", "/crm/v3/pipelines/\(type)",
                "/crm/v4/associations/\(type)/companies/labels",
            ]
        }
        let others = ["/crm/v3/schemas", "/crm/v3/owners", "/crm/v3/lists/folders"]
        for path in hubspot + others {
            let request = Self.get(path, "pat-na1-integration")
            let reply = world.hubspot(request)
            #expect(reply?.status == 200 || path.contains("pipelines"), "\(path)")
            #expect(other.hubspot(request) == reply, "\(path)")
        }
        let objects = [
            "Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Event", "User",
        ]
        let salesforce = objects.flatMap { object in
            [
                "/queryAll?q=SELECT+FIELDS(ALL)+FROM+\(object)+LIMIT+200",
                "/query?q=SELECT+Id+FROM+\(object)+ORDER+BY+SystemModstamp+DESC",
                "/sobjects/\(object)/describe",
            ]
        }
        for path in salesforce + ["/sobjects", "/limits", "/jobs/query", "/jobs/ingest"] {
            let request = Self.get("/services/data/v62.0" + path, token)
            let reply = world.salesforce(request)
            #expect(reply?.status == 200, "\(path)")
            #expect(other.salesforce(request) == reply, "\(path)")
        }
    }

    private static func expectEqualRecords(_ world: MockWorld, _ other: MockWorld) throws {
        let objects = ["contacts", "companies", "deals", "tickets", "Account", "Contact", "Case"]
        for object in objects {
            let request = HTTPRequest(method: .get, url: "http://x")
            let path = "/_control/export/" + object
            let first = ControlPlane(world: world).handle(request, path: path)
            #expect(first.body == ControlPlane(world: other).handle(request, path: path).body)
            #expect(!first.body.isEmpty)
        }
        let changes = world.with { state, _ in state.hubspot.changes }
        #expect(other.with { state, _ in state.hubspot.changes } == changes)
    }

    @Test func `a client that paged through goes on after it`() throws {
        let world = self.world(PortalSize(contacts: 800))
        let token = try Self.signIn(world)
        let path = "/services/data/v62.0/query?q=SELECT+Id+FROM+Contact"
        var first = Self.get(path, token)
        first.headers.append(HTTPHeader("Sforce-Query-Options", "batchSize=200"))
        let page = try JSON(parsing: try #require(world.salesforce(first)).body)
        let next = try #require(page["nextRecordsUrl"]?.string)
        let list = Self.get("/crm/v3/objects/contacts?limit=100", "pat-na1-integration")
        let listed = try JSON(parsing: try #require(world.hubspot(list)).body)
        let after = try #require(listed["paging"]?["next"]?["after"]?.string)
        let property = HTTPRequest(
            method: .post,
            url: "http://mock/crm/v3/properties/contacts",
            headers: [HTTPHeader("Authorization", "Bearer pat-na1-integration")],
            body: Array(
                #"""
                {"name":"shoe","label":"Shoe","type":"string","fieldType":"text",
                "groupName":"contactinformation"}
                """#.utf8
            )
        )
        #expect(world.hubspot(property)?.status == 201)

        let loaded = try self.reloaded(world)
        self.time.advance(milliseconds: 60_000)
        let rest = try JSON(parsing: try #require(loaded.salesforce(Self.get(next, token))).body)
        #expect(rest["records"]?.count == 200)
        #expect(rest["records"]?[0]?["Id"]?.string != page["records"]?[0]?["Id"]?.string)
        let more = "/crm/v3/objects/contacts?limit=100&properties=shoe&after=\(after)"
        let second = try JSON(
            parsing: try #require(loaded.hubspot(Self.get(more, "pat-na1-integration"))).body
        )
        #expect(second["results"]?[0]?["id"]?.string == after)
        #expect(second["results"]?[0]?["properties"]?["shoe"]?.isNull == true)
    }

    @Test func `time goes on, and never back`() throws {
        let world = self.world(PortalSize(contacts: 4))
        world.advanceClock(milliseconds: 5_000_000)
        try Snapshot.save(world, to: self.file)
        let saved = world.serverTime
        self.time.advance(milliseconds: 7_000)
        #expect(try Snapshot.load(self.file, time: self.time).serverTime == saved + 7_000)
        let early = ManualTime(wallMilliseconds: 1_700_000_000_000)
        #expect(try Snapshot.load(self.file, time: early).serverTime == saved)
    }

    // MARK: - Files that are none

    private func failure(_ bytes: [UInt8]) throws -> SnapshotFailure? {
        try Data(bytes).write(to: URL(filePath: self.file))
        do {
            _ = try Snapshot.load(self.file, time: self.time)
            return nil
        } catch let failure as SnapshotFailure {
            return failure
        }
    }

    @Test func `a damaged file is refused wherever the damage is`() throws {
        try Snapshot.save(self.world(PortalSize(contacts: 40)), to: self.file)
        let bytes = Array(try Data(contentsOf: URL(filePath: self.file)))
        #expect(try self.failure(bytes) == nil)
        for place in stride(from: 0, to: bytes.count, by: bytes.count / 40) {
            var damaged = bytes
            damaged[place] ^= 0x10
            let failure = try #require(try self.failure(damaged))
            #expect(failure == (place < 24 ? .notASnapshot : .damaged))
            #expect(try self.failure(Array(bytes.prefix(place))) != nil)
        }
        #expect(try self.failure(Array(bytes.dropLast())) == .damaged)
        #expect(try self.failure(bytes + [0]) == .damaged)
    }

    @Test func `a file of another version is named, with what to do`() throws {
        try Snapshot.save(self.world(PortalSize(contacts: 4)), to: self.file)
        var bytes = Array(try Data(contentsOf: URL(filePath: self.file)))
        let place = "duet-simulator snapshot ".utf8.count
        #expect(bytes[place] == UInt8(ascii: "0") + UInt8(Snapshot.format))
        bytes[place] = UInt8(ascii: "1")
        let failure = try #require(try self.failure(bytes))
        #expect(failure == .otherFormat("1"))
        #expect(failure.description.contains("Load it with the version that saved it."))
        #expect(try self.failure(Array("hello".utf8)) == .notASnapshot)
        #expect(try self.failure([]) == .notASnapshot)
    }

    @Test func `whole blocks with other content are refused`() throws {
        var bytes = Array("duet-simulator snapshot \(Snapshot.format)\n".utf8)
        let writer = SnapshotWriter { bytes += $0 }
        let encoder = SnapshotEncoder(writer: writer)
        try encoder.write(Int64(1))
        try encoder.write(["hubspot": 1])
        try writer.finish()
        #expect(try self.failure(bytes) == .otherContent)
    }

    // MARK: - Control plane

    @Test func `a snapshot is written on demand, and reset goes back to it`() throws {
        let world = self.world(PortalSize(contacts: 40))
        let request = HTTPRequest(method: .post, url: "http://x/_control/save")
        let without = ControlPlane(world: world).handle(request, path: "/_control/save")
        #expect(without.status == 400)
        #expect(String(decoding: without.body, as: UTF8.self).contains("--save FILE"))
        let control = ControlPlane(world: world, snapshot: self.file)
        #expect(control.handle(request, path: "/_control/save").status == 200)
        let loaded = try Snapshot.load(self.file, time: self.time)
        let again = ControlPlane(world: loaded)
        let records = loaded.with { state, _ in state.hubspot.export(object: "contacts") }
        let id = try #require(records.first).id
        try loaded.with { state, now in
            try state.hubspot.edit(id, fields: [("phone", "1")], at: now)
        }
        let reset = again.handle(request, path: "/_control/reset")
        #expect(reset.status == 200)
        try Self.expectEqualContacts(world, loaded)
        let nowhere = ControlPlane(world: world, snapshot: self.file + "/none/world")
        #expect(nowhere.handle(request, path: "/_control/save").status == 500)
    }

    private static func expectEqualContacts(_ world: MockWorld, _ other: MockWorld) throws {
        let first = world.with { state, _ in state.hubspot.export(object: "contacts") }
        #expect(!first.isEmpty)
        #expect(other.with { state, _ in state.hubspot.export(object: "contacts") } == first)
    }
}
