import CRMInterface
import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing
import WireJSON

extension Rehearsal {
    /// Cars with what they belong to, and garages: custom objects of both CRMs.
    static let cars = """
          - name: cars
            hubspot: cars
            salesforce: Car__c
            fields:
              - {hubspot: car_name, salesforce: Name, rule: twoWay}
              - {hubspot: vin, salesforce: VIN__c, rule: twoWay}
              - {hubspot: price, salesforce: Price__c, rule: twoWay}
              - {hubspot: hs_pipeline_stage, salesforce: Stage__c, rule: twoWay,
                 values: {new: New, sold: Sold}}
              - {hubspot: hubspot_owner_id, salesforce: OwnerId}
              - {association: companies, salesforce: Account__c, rule: twoWay}
              - {association: contacts, label: Driver, salesforce: Driver__c, rule: twoWay}
              - {association: contacts, label: Seller, salesforce: Seller__c, rule: twoWay}
              - {association: deals, salesforce: Deal__c, rule: twoWay}
              - {association: tickets, salesforce: Case__c, rule: twoWay}
              - {association: garages, salesforce: Garage__c, rule: twoWay}
        """

    static let garages = """
          - name: garages
            hubspot: p9900001_garage
            salesforce: Garage__c
            fields:
              - {hubspot: title, salesforce: Name, rule: twoWay}
        """

    /// A portal whose administrator has made cars and garages, and the ties that they may have.
    ///
    /// `isOwn`: whether the kinds of plain ties are HubSpot's own.
    static func portalWithCars(_ time: ManualTime, isOwn: Bool = true) throws -> MockHubSpot {
        var settings = MockHubSpotSettings()
        settings.customTiesAreUserDefined = !isOwn
        var portal = MockHubSpot(settings: settings)
        func send(_ path: String, _ body: String) throws {
            try Self.ask(&portal, .post, path, body, at: time.wallMilliseconds)
        }
        func text(_ name: String, isUnique: Bool = false) -> String {
            #"{"name":"\#(name)","label":"\#(name)","type":"string","fieldType":"text","#
                + #""hasUniqueValue":\#(isUnique)}"#
        }
        try send(
            "/crm/v3/schemas",
            #"{"name":"garage","labels":{"singular":"Garage","plural":"Garages"},"#
                + #""primaryDisplayProperty":"title","requiredProperties":["title"],"#
                + #""properties":[\#(text("title")),\#(text("sf_garage_key", isUnique: true))],"#
                + #""associatedObjects":[]}"#
        )
        try send(
            "/crm/v3/schemas",
            #"{"name":"car","labels":{"singular":"Car","plural":"Cars"},"#
                + #""primaryDisplayProperty":"car_name","requiredProperties":["car_name"],"#
                + #""properties":[\#(text("car_name")),\#(text("vin")),"#
                + #"{"name":"price","label":"Price","type":"number","fieldType":"number"},"#
                + #"\#(text("sf_car_key", isUnique: true))],"#
                + #""associatedObjects":["CONTACT","COMPANY","DEAL","TICKET"]}"#
        )
        try send(
            "/crm/v3/schemas/2-2/associations",
            #"{"fromObjectTypeId":"2-2","toObjectTypeId":"2-1","name":"car_to_garage"}"#
        )
        for label in ["Driver", "Seller"] {
            try send(
                "/crm/v4/associations/2-2/contacts/labels",
                #"{"label":"\#(label)","name":"\#(label.lowercased())"}"#
            )
        }
        try send(
            "/crm/v3/pipelines/2-2",
            #"{"label":"Sale","displayOrder":0,"pipelineId":"sale","stages":["#
                + #"{"label":"New","stageId":"new","displayOrder":0,"metadata":{}},"#
                + #"{"label":"Sold","stageId":"sold","displayOrder":1,"metadata":{}}]}"#
        )
        return portal
    }

    /// The org's own objects and their fields.
    ///
    /// `isDetail`: whether a car belongs to its garage as a detail to its master.
    static func orgWithCars(isDetail: Bool = false) -> MockSalesforceSettings {
        var settings = MockSalesforceSettings()
        settings.customObjects = [
            MockSalesforceCustomObject(name: "Garage__c", label: "Garage"),
            MockSalesforceCustomObject(name: "Car__c", label: "Car"),
        ]
        func field(_ name: String, _ type: MockFieldType = .string) -> MockSalesforceCustomField {
            MockSalesforceCustomField(object: "Car__c", name: name, label: name, type: type)
        }
        func lookup(_ name: String, _ target: String) -> MockSalesforceCustomField {
            var field = field(name, .reference)
            field.referenceTo = target
            field.childRelationshipName = String(name.dropLast(3)) + "Cars"
            return field
        }
        func key(_ object: String) -> MockSalesforceCustomField {
            MockSalesforceCustomField(
                object: object,
                name: "HubSpot_Record_ID__c",
                label: "HubSpot Record ID",
                length: 18,
                isExternalID: true,
                isUnique: true
            )
        }
        var price = field("Price__c", .currency)
        price.scale = 2
        var garage = lookup("Garage__c", "Garage__c")
        garage.isMasterDetail = isDetail
        settings.customFields += [
            key("Garage__c"), key("Car__c"), field("VIN__c"), price, field("Stage__c"),
            lookup("Account__c", "Account"), lookup("Driver__c", "Contact"),
            lookup("Seller__c", "Contact"), lookup("Deal__c", "Opportunity"),
            lookup("Case__c", "Case"), garage,
        ]
        return settings
    }

    /// A pair that is in step with nothing in it, whose accounts have cars and garages.
    static func driving(
        _ mappings: String = [Rehearsal.cars, Rehearsal.garages, Rehearsal.owners]
            .joined(separator: "\n"),
        isDetail: Bool = false,
        isOwn: Bool = true,
        settings: RuntimeSettings = RuntimeSettings()
    ) async throws -> Rehearsal {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: try Self.portalWithCars(time, isOwn: isOwn),
            salesforce: MockSalesforce(settings: Self.orgWithCars(isDetail: isDetail)),
            time: time
        )
        let loaded = try await Self.loaded(mappings, world, time)
        let stage = try await Rehearsal(
            world: world,
            time: time,
            settings: settings,
            mapping: loaded.mappings[0],
            others: Array(loaded.mappings.dropFirst()),
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    static func configuration(_ mappings: String) throws -> Configuration {
        try ConfigurationReader.read(
            """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
            \(mappings)
            """,
            path: "duet.yaml"
        )
    }

    /// The mappings of a file, as a command compiles them against both accounts.
    static func loaded(
        _ mappings: String,
        _ world: MockWorld,
        _ time: ManualTime
    ) async throws -> MappingLoader.Loaded {
        let configuration = try Self.configuration(mappings)
        // What is asked here is nobody's call of the pair that plays.
        let copy = world.with { state, _ in
            MockWorld(hubspot: state.hubspot, salesforce: state.salesforce, time: time)
        }
        let store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        let connections = try await Self.connections(
            store,
            MockTransport(world: copy, before: { _ in }),
            time,
            SequenceSource()
        )
        return try await MappingLoader(store: store, connections: connections, time: time)
            .load(configuration)
    }

    /// Asks HubSpot over its API, as other apps do.
    @discardableResult
    static func ask(
        _ portal: inout MockHubSpot,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        at now: Int64
    ) throws -> JSON {
        let request = HTTPRequest(
            method: method,
            url: MockTransport.hubspotURL + path,
            headers: [
                HTTPHeader("Authorization", "Bearer pat-na1-integration"),
                HTTPHeader("Content-Type", "application/json"),
                HTTPHeader("Host", "hubspot.mock"),
            ],
            body: Array(body.utf8)
        )
        let answer = try #require(portal.handle(request, at: now).response)
        let text = String(decoding: answer.body, as: UTF8.self)
        try #require((200..<300).contains(answer.status), "\(path): \(text)")
        return try JSON(parsing: answer.body.isEmpty ? Array("null".utf8) : answer.body)
    }

    /// A person says by a label what a contact is to a car.
    func labels(_ car: String, to contact: String, as label: String) throws {
        try self.world.with { state, now in
            let path = "/crm/v4/associations/2-2/contacts/labels"
            let kinds = try Self.ask(&state.hubspot, .get, path, at: now)
            let kind = kinds["results"]?.elements.first { $0["label"]?.string == label }
            let number = try #require(kind?["typeId"]?.integer)
            try Self.ask(
                &state.hubspot,
                .put,
                "/crm/v4/objects/2-2/\(car)/associations/contacts/\(contact)",
                #"[{"associationCategory":"USER_DEFINED","associationTypeId":\#(number)}]"#,
                at: now
            )
        }
    }

    /// The contacts that are tied to a car by a label.
    func labelled(_ car: String, _ label: String) throws -> [String] {
        try self.world.with { state, now in
            let path = "/crm/v4/objects/2-2/\(car)/associations/contacts"
            let ties = try Self.ask(&state.hubspot, .get, path, at: now)
            return (ties["results"]?.elements ?? []).filter { tie in
                tie["associationTypes"]?.elements.contains { $0["label"]?.string == label } ?? false
            }.compactMap { $0["toObjectId"].flatMap { $0.string ?? $0.numberText } }
        }
    }

    /// A garage that both CRMs have, by its ids.
    func garage(_ name: String) async throws -> (hubspot: String, salesforce: String) {
        let id = try self.hubspotCreates("garage", ["title": name])
        try await self.plays()
        let there = self.records("Garage__c").first { $0["Name"].text == name }
        return (id, there?.id ?? "")
    }

    /// The one car of HubSpot's.
    var car: MockHubSpotRecord? { self.hubspotRecords("car").first }
}
