import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing

/// Every request that the connector builds, byte for byte (HubSpot's OpenAPI files and guides).
struct HubSpotRequestTests {
    struct Row: Sendable {
        var request: HTTPRequest?
        var text: String

        init(_ request: HTTPRequest?, _ text: String) {
            self.request = request
            self.text = text
        }
    }

    private static func requests(_ version: HubSpotVersion = .pinned) -> HubSpotRequests {
        HubSpotRequests(
            configuration: HubSpotConfiguration(auth: .token("pat"), apiVersion: version)
        )
    }

    private static let base = "https://api.hubapi.com"
    private static let json = "Content-Type: application/json"
    private static let form = "Content-Type: application/x-www-form-urlencoded"
    private static let built = requests()

    private static func scan(
        _ range: FeedScan.Range,
        _ continuation: FeedScan.Continuation? = nil
    ) -> FeedScan {
        FeedScan(
            mapping: HubSpotFixture.mapping,
            object: "contacts",
            range: range,
            continuation: continuation
        )
    }

    private static let since = FeedScan.Range.changes(
        since: ServerTime(milliseconds: 1_790_812_800_000)
    )

    private static func text(_ name: String, _ value: String) -> RecordWrite.Field {
        .init(name: name, type: .text, value: FieldValue(normal: value))
    }

    // MARK: - Reading

    static let reads = [
        Row(
            built.search(scan(since), propertyNames: ["email", "lastmodifieddate"]),
            """
            POST \(base)/crm/objects/2026-09/contacts/search
            \(json)

            {"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"GTE",\
            "value":"1790812800000"}]}],"sorts":[{"propertyName":"hs_object_id",\
            "direction":"ASCENDING"}],"properties":["email","lastmodifieddate"],"limit":200}
            """
        ),
        Row(
            built.search(scan(since, .afterID("171")), propertyNames: nil),
            """
            POST \(base)/crm/objects/2026-09/contacts/search
            \(json)

            {"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"GTE",\
            "value":"1790812800000"},{"propertyName":"hs_object_id","operator":"GT",\
            "value":"171"}]}],"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],\
            "properties":["lastmodifieddate"],"limit":200}
            """
        ),
        Row(
            built.search("companies", having: "name", ["acme", "o'hara"], afterID: "7"),
            """
            POST \(base)/crm/objects/2026-09/companies/search
            \(json)

            {"filterGroups":[{"filters":[{"propertyName":"name","operator":"IN",\
            "values":["acme","o'hara"]},{"propertyName":"hs_object_id","operator":"GT",\
            "value":"7"}]}],"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],\
            "properties":["hs_object_id"],"limit":200}
            """
        ),
        Row(
            built.list(scan(.all, .locator("a b")), propertyNames: ["email", "phone"]),
            """
            GET \(base)/crm/objects/2026-09/contacts?limit=100&properties=email,phone&after=a%20b
            """
        ),
        Row(
            built.records(
                of: "deals",
                properties: ["dealname"],
                ties: ["contacts", "companies"],
                isArchived: true,
                next: "29013"
            ),
            """
            GET \(base)/crm/objects/2026-09/deals?limit=100&properties=dealname\
            &associations=contacts,companies&archived=true&after=29013
            """
        ),
        Row(
            built.batchRead(
                "contacts",
                ids: ["ada@x.test", "bob@x.test"],
                idProperty: "email",
                propertyNames: ["email"],
                isArchived: true
            ),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/read?archived=true
            \(json)

            {"properties":["email"],"idProperty":"email","inputs":[{"id":"ada@x.test"},\
            {"id":"bob@x.test"}]}
            """
        ),
        Row(
            built.batchRead(
                "contacts",
                ids: ["171"],
                idProperty: nil,
                propertyNames: [],
                history: ["email"]
            ),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/read
            \(json)

            {"properties":[],"propertiesWithHistory":["email"],"inputs":[{"id":"171"}]}
            """
        ),
        Row(
            built.related("contacts", ["171", "172"], to: "companies", next: ["172": "NTAw"]),
            """
            POST \(base)/crm/associations/2026-09/contacts/companies/batch/read
            \(json)

            {"inputs":[{"id":"171"},{"id":"172","after":"NTAw"}]}
            """
        ),
        Row(
            built.labels("contacts", "companies"),
            "GET \(base)/crm/associations/2026-09/contacts/companies/labels"
        ),
    ]

    @Test(arguments: HubSpotRequestTests.reads.indices)
    func `what reads records and their ties`(index: Int) {
        #expect(Self.reads[index].request?.wholeText == Self.reads[index].text)
    }

    // MARK: - Writing

    static let writes = [
        Row(
            built.write([
                HubSpotFixture.write(7, .update(id: "171"), phone: "+1"),
                HubSpotFixture.write(8, .update(id: "172"), phone: ""),
            ]),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/update
            \(json)

            {"inputs":[{"objectWriteTraceId":"7","id":"171","properties":{"phone":"+1"}},\
            {"objectWriteTraceId":"8","id":"172","properties":{"phone":""}}]}
            """
        ),
        Row(
            built.write([
                HubSpotFixture.write(
                    9,
                    .createByKey(field: "sf_contact_key", value: "0035g00000ABCdeAAG"),
                    phone: "\"1\""
                )
            ]),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/create
            \(json)

            {"inputs":[{"objectWriteTraceId":"9","properties":{"sf_contact_key":\
            "0035g00000ABCdeAAG","phone":"\\"1\\""}}]}
            """
        ),
        Row(
            built.write([PlainWrite(.new, [text("dealname", "Big")])], to: "deals"),
            """
            POST \(base)/crm/objects/2026-09/deals/batch/create
            \(json)

            {"inputs":[{"objectWriteTraceId":"0","properties":{"dealname":"Big"}}]}
            """
        ),
        Row(
            built.write([PlainWrite(.id("9"), [text("dealname", "Big")])], to: "deals"),
            """
            POST \(base)/crm/objects/2026-09/deals/batch/update
            \(json)

            {"inputs":[{"objectWriteTraceId":"0","id":"9","properties":{"dealname":"Big"}}]}
            """
        ),
        Row(
            built.write(
                [PlainWrite(.key(field: "email", value: "c@x.test"), [text("city", "Oslo")])],
                to: "contacts"
            ),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/upsert
            \(json)

            {"inputs":[{"objectWriteTraceId":"0","id":"c@x.test","idProperty":"email",\
            "properties":{"email":"c@x.test","city":"Oslo"}}]}
            """
        ),
        Row(
            built.delete(["171", "172"], of: "contacts"),
            """
            POST \(base)/crm/objects/2026-09/contacts/batch/archive
            \(json)

            {"inputs":[{"id":"171"},{"id":"172"}]}
            """
        ),
        Row(
            built.merge("2", into: "1", of: "companies"),
            """
            POST \(base)/crm/objects/2026-09/companies/merge
            \(json)

            {"primaryObjectId":"1","objectIdToMerge":"2"}
            """
        ),
        Row(
            built.relate("contacts", "companies", [.init(from: "171", to: "290")]),
            """
            POST \(base)/crm/associations/2026-09/contacts/companies/batch/associate/default
            \(json)

            {"inputs":[{"from":{"id":"171"},"to":{"id":"290"}}]}
            """
        ),
        Row(
            built.relate(
                "contacts",
                "companies",
                [.init(from: "171", to: "290", types: [1], labels: [37])]
            ),
            """
            POST \(base)/crm/associations/2026-09/contacts/companies/batch/create
            \(json)

            {"inputs":[{"from":{"id":"171"},"to":{"id":"290"},"types":[{"associationCategory":\
            "HUBSPOT_DEFINED","associationTypeId":1},{"associationCategory":"USER_DEFINED",\
            "associationTypeId":37}]}]}
            """
        ),
        Row(
            built.part("contacts", "companies", [.init(from: "171", to: "290")]),
            """
            POST \(base)/crm/associations/2026-09/contacts/companies/batch/archive
            \(json)

            {"inputs":[{"from":{"id":"171"},"to":[{"id":"290"}]}]}
            """
        ),
        Row(
            built.part("contacts", "companies", [.init(from: "171", to: "290", labels: [37])]),
            """
            POST \(base)/crm/associations/2026-09/contacts/companies/batch/labels/archive
            \(json)

            {"inputs":[{"from":{"id":"171"},"to":{"id":"290"},"types":[{"associationCategory":\
            "USER_DEFINED","associationTypeId":37}]}]}
            """
        ),
    ]

    @Test(arguments: HubSpotRequestTests.writes.indices)
    func `what writes records and their ties`(index: Int) {
        #expect(Self.writes[index].request?.wholeText == Self.writes[index].text)
    }

    // MARK: - The portal

    static let metadata = [
        Row(built.account(), "GET \(base)/account-info/2026-09/details"),
        Row(built.limits(), "GET \(base)/account-info/2026-09/api-usage/daily/private-apps"),
        Row(built.properties("contacts"), "GET \(base)/crm/properties/2026-09/contacts"),
        Row(built.object("deals"), "GET \(base)/crm/properties/2026-09/deals"),
        Row(
            built.object("deals", isArchived: true),
            "GET \(base)/crm/properties/2026-09/deals?archived=true"
        ),
        Row(built.objects(), "GET \(base)/crm-object-schemas/2026-09/schemas"),
        Row(built.schema("0-1"), "GET \(base)/crm-object-schemas/2026-09/schemas/0-1"),
        Row(
            built.owners(next: "OQ==", isArchived: true),
            "GET \(base)/crm/owners/2026-09?limit=500&archived=true&after=OQ%3D%3D"
        ),
        Row(built.pipelines(of: "tickets"), "GET \(base)/crm/pipelines/2026-09/tickets"),
        Row(
            built.lists(named: "VIP", next: "500"),
            """
            POST \(base)/crm/lists/2026-09/search
            \(json)

            {"query":"VIP","count":500,"offset":500,"additionalProperties":["hs_list_size"]}
            """
        ),
        Row(
            built.members(of: "12", next: "YQ=="),
            "GET \(base)/crm/lists/2026-09/12/memberships?limit=250&after=YQ%3D%3D"
        ),
        Row(
            built.members(of: "12", byTime: true),
            "GET \(base)/crm/lists/2026-09/12/memberships/join-order?limit=250"
        ),
        Row(
            built.lists(ofRecords: ["171"], typeID: "0-1"),
            """
            POST \(base)/crm/lists/2026-09/records/memberships/batch/read
            \(json)

            {"inputs":[{"objectTypeId":"0-1","recordId":"171"}]}
            """
        ),
    ]

    @Test(arguments: HubSpotRequestTests.metadata.indices)
    func `what reads the portal itself`(index: Int) {
        #expect(Self.metadata[index].request?.wholeText == Self.metadata[index].text)
    }

    // MARK: - Versions

    @Test(arguments: [
        (
            HubSpotVersion.v3,
            [
                "/crm/v3/objects/contacts/merge", "/crm/v3/properties/contacts",
                "/crm/v4/associations/contacts/deals/labels", "/crm/v3/pipelines/deals",
                "/crm/v3/imports/5", "/crm/v3/exports/export/async/tasks/5/status",
                "/crm-object-schemas/v3/schemas", "/account-info/v3/details", "/oauth/v3/token",
            ]
        ),
        (
            .march2026,
            [
                "/crm/objects/2026-03/contacts/merge", "/crm/properties/2026-03/contacts",
                "/crm/associations/2026-03/contacts/deals/labels",
                "/crm/pipelines/2026-03/deals", "/crm/imports/2026-03/5",
                "/crm/exports/2026-03/export/async/tasks/5/status",
                "/crm-object-schemas/2026-03/schemas", "/account-info/2026-03/details",
                "/oauth/2026-03/token",
            ]
        ),
    ])
    func `paths of other versions`(version: HubSpotVersion, paths: [String]) {
        let requests = Self.requests(version)
        let built = [
            requests.merge("2", into: "1", of: "contacts"), requests.properties("contacts"),
            requests.labels("contacts", "deals"), requests.pipelines(of: "deals"),
            requests.job("5"), requests.exportJob("5"), requests.objects(), requests.account(),
            requests.token(id: "a", secret: "b", refreshToken: "c"),
        ]
        #expect(built.map { String($0.url.dropFirst(Self.base.count)) } == paths)
    }
}
