import CRMInterface
import HTTPTransport
import SyncCore
import Testing
import WireJSON

@testable import SalesforceConnector

/// Each reader against a reply as Salesforce writes it: shapes of its guides and of recorded replies, ids
/// and names invented.
struct SalesforceReplyTests {
    private static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    private static func reply(_ body: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }

    @Test func `the objects of an org`() throws {
        let objects = try SalesforceResponses.objects(
            Self.json(
                #"""
                {"encoding":"UTF-8","maxBatchSize":200,"sobjects":[{"activateable":false,"createable":
                true,"custom":false,"deletable":true,"keyPrefix":"003","label":"Contact","labelPlural":
                "Contacts","name":"Contact","queryable":true,"updateable":true,"urls":{"sobject":
                "/services/data/v62.0/sobjects/Contact"}},{"createable":false,"custom":true,"deletable":
                false,"keyPrefix":null,"label":"Log","labelPlural":"Logs","name":"Log__e","queryable":
                false,"updateable":false}]}
                """#
            )
        )
        #expect(objects.map(\.name) == ["Contact", "Log__e"])
        #expect(objects.map(\.typeID) == ["003", nil])
        #expect(objects.map(\.isWritable) == [true, false])
        #expect(objects.map(\.isCustom) == [false, true])
        #expect(objects.map(\.isReadable) == [true, false])
    }

    @Test func `the fields and record types of an object`() throws {
        let object = try SalesforceResponses.object(
            Self.json(
                #"""
                {"name":"Lead","fields":[{"name":"Company","label":"Company","type":"string","length":
                255,"createable":true,"updateable":true,"nillable":false,"defaultedOnCreate":false,
                "custom":false,"unique":false,"externalId":false,"idLookup":false,"calculated":false,
                "autoNumber":false,"referenceTo":[],"relationshipName":null,"picklistValues":[]},{"name":
                "Status","label":"Status","type":"picklist","length":255,"createable":true,"updateable":
                true,"nillable":false,"defaultedOnCreate":true,"restrictedPicklist":true,
                "picklistValues":[{"active":true,"defaultValue":true,"label":"Open","validFor":null,
                "value":"Open - Not Contacted"},{"active":false,"defaultValue":false,"label":"Gone",
                "value":"Gone"}]},{"name":"OwnerId","label":"Owner ID","type":"reference","length":18,
                "createable":true,"updateable":true,"nillable":false,"defaultedOnCreate":true,
                "referenceTo":["Group","User"],"relationshipName":"Owner","picklistValues":[]}],
                "recordTypeInfos":[{"active":true,"available":true,"defaultRecordTypeMapping":true,
                "developerName":"Master","master":true,"name":"Master","recordTypeId":
                "012000000000000AAA","urls":{}}]}
                """#
            )
        )
        #expect(object.fields.map(\.description.name) == ["Company", "Status", "OwnerId"])
        let status = try #require(object.field("Status"))
        #expect(status.choices.map(\.value) == ["Open - Not Contacted", "Gone"])
        #expect(status.choices.map(\.isActive) == [true, false])
        #expect(status.choices.map(\.isDefault) == [true, false])
        let owner = try #require(object.field("OwnerId"))
        #expect(owner.references == ["Group", "User"] && owner.relationship == "Owner")
        #expect(object.recordTypes.map(\.id) == ["012000000000000AAA"])
        #expect(object.recordTypes.map(\.isMaster) == [true])
        let company = try #require(
            SalesforceResponses.field(
                Self.json(
                    #"""
                    {"name":"Company","type":"string","length":255,"createable":true,"updateable":true,
                    "nillable":false,"defaultedOnCreate":false,"unique":false}
                    """#
                )
            )
        )
        #expect(company.isRequiredOnCreate && company.shape.lengthMax == 255)
    }

    @Test func `picklists of one record type`() throws {
        let lists = try SalesforceResponses.picklists(
            Self.json(
                #"""
                {"eTag":"e","picklistFieldValues":{"Status":{"controllerValues":{},"defaultValue":
                {"attributes":null,"label":"New","validFor":[],"value":"New"},"eTag":"f","url":"/u",
                "values":[{"attributes":null,"label":"New","validFor":[],"value":"New"},{"attributes":
                null,"label":"Closed","validFor":[],"value":"Closed"}]}}}
                """#
            )
        )
        #expect(lists["Status"]?.map(\.value) == ["New", "Closed"])
        #expect(lists["Status"]?.map(\.isDefault) == [true, false])
    }

    @Test func `limits, the org, its people and queues`() throws {
        let limits = try SalesforceResponses.limits(
            Self.json(
                #"""
                {"DailyBulkApiBatches":{"Max":15000,"Remaining":15000},"DailyApiRequests":{"Max":115000,
                "Remaining":114982,"Hub Sync":{"Max":0,"Remaining":0}},"Odd":{"Max":5}}
                """#
            )
        )
        #expect(limits.map(\.name) == ["DailyApiRequests", "DailyBulkApiBatches"])
        #expect(limits.map(\.used) == [18, 0])
        let org = try SalesforceResponses.details(
            Self.json(
                #"""
                {"totalSize":1,"done":true,"records":[{"attributes":{"type":"Organization"},"Id":
                "00D5g000000ABCDEA4","Name":"Acme","OrganizationType":"Enterprise Edition","IsSandbox":
                true,"InstanceName":"CS420","TimeZoneSidKey":"Europe/Oslo"}]}
                """#
            )
        )
        #expect(org.id == "00D5g000000ABCDEA4" && org.isSandbox && org.host == "CS420")
        let owners = try SalesforceResponses.owners(
            Self.json(
                #"""
                {"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v62.0/query/01g-2000",
                "records":[{"attributes":{"type":"User"},"Id":"0055g000001XyzAAAS","Name":"Ada Admin",
                "Email":"Ada@Acme.test","IsActive":false},{"attributes":{"type":"Group"},"Id":
                "00G5g000001XyzAEAS","Name":"Support","Email":null}]}
                """#
            )
        )
        #expect(owners.items.map(\.kind) == [.person, .queue])
        #expect(owners.items.map(\.isActive) == [false, true])
        #expect(owners.items.map(\.email) == ["ada@acme.test", nil])
        #expect(owners.next == "/services/data/v62.0/query/01g-2000")
    }

    @Test func `record types and stages`() throws {
        let pipelines = try SalesforceResponses.pipelines(
            Self.json(
                #"""
                {"totalSize":1,"done":true,"records":[{"attributes":{"type":"RecordType"},"Id":
                "0125g000000ABCDAA4","Name":"Partner","DeveloperName":"Partner","IsActive":false}]}
                """#
            )
        )
        #expect(pipelines.map(\.label) == ["Partner"])
        #expect(pipelines.map(\.isActive) == [false])
        let stages = try SalesforceResponses.stages(
            Self.json(
                #"""
                {"totalSize":1,"done":true,"records":[{"ApiName":"Closed Won","MasterLabel":"Won",
                "IsActive":true,"IsClosed":true,"IsWon":true,"DefaultProbability":75.0}]}
                """#
            )
        )
        #expect(stages.map(\.id) == ["Closed Won"])
        #expect(stages.map(\.label) == ["Won"])
        #expect(stages.map(\.probability) == ["0.75"])
    }

    @Test func `changed and deleted ids`() throws {
        let updated = try SalesforceResponses.replication(
            Self.json(
                #"{"ids":["0035g00000ABCde"],"latestDateCovered":"2026-11-22T10:59:00.000+0000"}"#
            )
        )
        #expect(updated.ids == [SalesforceID.long("0035g00000ABCde")])
        #expect(updated.coveredUntil == ServerTime(milliseconds: 1_795_345_140_000))
        let deleted = try SalesforceResponses.replication(
            Self.json(
                #"""
                {"deletedRecords":[{"id":"0035g00000ABCdeAAG","deletedDate":
                "2026-11-22T10:12:07.000+0000"}],"earliestDateAvailable":
                "2026-11-07T00:00:00.000+0000","latestDateCovered":"2026-11-22T10:59:00.000+0000"}
                """#
            )
        )
        #expect(deleted.ids == ["0035g00000ABCdeAAG"])
        #expect(deleted.earliest == ServerTime(milliseconds: 1_794_009_600_000))
    }

    @Test func `the rows of a Collection, by success alone`() {
        let body = #"""
            [{"id":"0035g00000ABCdeAAG","success":true,"errors":[]},{"success":false,"errors":[{
            "statusCode":"REQUIRED_FIELD_MISSING","message":"Required fields are missing: [LastName]",
            "fields":["LastName"]}]},{"id":"0035g00000ABCdfAAG","success":false,"errors":[{"statusCode":
            "ALL_OR_NONE_OPERATION_ROLLED_BACK","message":"Record rolled back","fields":[]}]},{"id":
            "0035g00000ABCdgAAG","success":true,"created":false,"errors":[]}]
            """#
        let writes = (0..<4).map { _ in PlainWrite(.new, []) }
        let outcomes = SalesforceResponses.outcomes(Self.reply(body), writes, .pinned)
        #expect(
            outcomes == [
                .confirmed(id: "0035g00000ABCdeAAG", created: true, stamp: nil),
                .rejected(
                    .init(
                        kind: .requiredField,
                        code: "REQUIRED_FIELD_MISSING",
                        fields: ["LastName"]
                    )
                ),
                .notStored(.retry(afterMilliseconds: 1_000)),
                .confirmed(id: "0035g00000ABCdgAAG", created: false, stamp: nil),
            ]
        )
        let deletions = SalesforceResponses.deletions(
            Self.reply(
                #"""
                [{"id":"0035g00000ABCdeAAG","success":true,"errors":[]},{"id":"0035g00000ABCdfAAG",
                "success":false,"errors":[{"statusCode":"ENTITY_IS_DELETED","message":
                "entity is deleted","fields":[]}]}]
                """#
            ),
            count: 2,
            .pinned
        )
        #expect(
            deletions == [
                .confirmed(id: "0035g00000ABCdeAAG", created: false, stamp: nil),
                .rejected(.init(kind: .missing, code: "ENTITY_IS_DELETED")),
            ]
        )
    }

    @Test func `the parts of a Composite`() throws {
        let parts = try SalesforceResponses.parts(
            Self.json(
                #"""
                {"compositeResponse":[{"body":{"id":"0015g00000ABCdeAAG","success":true,"errors":[]},
                "httpHeaders":{"Location":"/services/data/v62.0/sobjects/Account/0015g00000ABCdeAAG"},
                "httpStatusCode":201,"referenceId":"a1"},{"body":null,"httpHeaders":{},"httpStatusCode":
                204,"referenceId":"c1"},{"body":[{"errorCode":"NOT_FOUND","message":
                "The requested resource does not exist"}],"httpHeaders":{},"httpStatusCode":404,
                "referenceId":"q1"}]}
                """#
            )
        )
        #expect(parts["a1"]?.status == 201)
        #expect(parts["a1"]?.body?["id"]?.string == "0015g00000ABCdeAAG")
        #expect(parts["c1"]?.status == 204 && parts["c1"]?.body == nil)
        #expect(parts["q1"]?.status == 404)
    }

    @Test(arguments: [
        ("Open", BulkJob.State.open), ("UploadComplete", .waiting), ("InProgress", .running),
        ("JobComplete", .done), ("Failed", .failed), ("Aborted", .cancelled),
    ])
    func `states of jobs`(word: String, state: BulkJob.State) throws {
        let job = try SalesforceResponses.job(
            Self.json(
                #"""
                {"id":"7505g00000DhRA2AAN","operation":"upsert","object":"Contact","createdById":
                "0055g000001XyzAAAS","createdDate":"2026-11-22T11:00:00.000+0000","state":"\#(word)",
                "concurrencyMode":"Parallel","contentType":"CSV","apiVersion":62.0,"jobType":
                "V2Ingest","lineEnding":"LF","columnDelimiter":"COMMA","numberRecordsProcessed":3,
                "numberRecordsFailed":1,"retries":0,"totalProcessingTime":520}
                """#
            )
        )
        #expect(job.id == "7505g00000DhRA2AAN" && job.state == state)
        #expect(job.processed == 3 && job.failed == 1 && job.problem == nil)
    }

    @Test func `the results of a job and the rows of a query`() throws {
        var rows: [BulkRow] = []
        let stored = "\"sf__Id\",\"sf__Created\",\"Key__c\"\n\"0035g00000ABCde\",\"true\",\"7\"\n"
        try SalesforceResponses.results(Array(stored.utf8)) { rows.append($0) }
        #expect(rows.map(\.id) == [SalesforceID.long("0035g00000ABCde")])
        #expect(rows[0].isCreated && rows[0].values == ["Key__c": "7"])
        rows = []
        let refused =
            "\"sf__Id\",\"sf__Error\",Name\n\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: "
            + "[Name]:Name --\",\"\"\n"
        try SalesforceResponses.results(Array(refused.utf8)) { rows.append($0) }
        #expect(rows[0].id == nil)
        let missing = WriteReply.Rejection(
            kind: .requiredField,
            code: "REQUIRED_FIELD_MISSING",
            fields: ["Name"]
        )
        #expect(rows[0].refusal == missing)
        var reply = Self.reply(
            "\"Id\",\"IsDeleted\",\"Email\",\"SystemModstamp\"\n"
                + "\"0035g00000ABCdeAAG\",\"true\",\"\",\"2026-11-22T11:05:30.000Z\"\n"
        )
        reply.headers = [HTTPHeader("Sforce-Locator", "MTAwMDA")]
        var records: [PlainRecord] = []
        #expect(try SalesforceResponses.exportRows(reply) { records.append($0) } == "MTAwMDA")
        #expect(records.map(\.id) == ["0035g00000ABCdeAAG"])
        #expect(records[0].isDeleted && records[0]["Email"] == nil)
        #expect(records[0].modified == ServerTime(milliseconds: 1_795_345_530_000))
        reply.headers = [HTTPHeader("Sforce-Locator", "null")]
        #expect(try SalesforceResponses.exportRows(reply) { _ in } == nil)
    }

    @Test(arguments: [
        ("0035500001H9cak", "0035500001H9cakAAB"), ("001D000000IqhSL", "001D000000IqhSLIAZ"),
        ("0035500001H9cakAAB", "0035500001H9cakAAB"), ("", ""), ("odd", "odd"),
    ])
    func `ids of 15 characters get their three`(id: String, long: String) {
        #expect(SalesforceID.long(id) == long)
    }

    @Test(arguments: [
        ("0035g00000ABCde", true), ("0035g00000ABCdeAAH", true), ("0035g00000ABCdeAAG", false),
        ("0035g00000ABCde\u{e9}", false),
        ("0035g0000000001AAA", true), ("0035g0000000001AAB", false), ("no id at all", false),
        ("0035g0000000-01AAA", false), ("", false),
    ])
    func `what Salesforce would refuse as an id is told by its looks`(text: String, isID: Bool) {
        #expect(SalesforceID.isID(text) == isID)
        #expect(SalesforceID.isID(SalesforceID.long(text)) == isID)
    }

    @Test func `a token names the org and the user`() throws {
        let reply = try SalesforceTokenReply(
            Self.reply(
                #"""
                {"access_token":"00D5g00000Abcde!AQEAQ","refresh_token":"5Aep861","signature":"Q2h=",
                "scope":"refresh_token api id","instance_url":"https://acme.my.salesforce.com/","id":
                "https://login.salesforce.com/id/00D5g00000AbcdeEAC/0055g000001XyzAAAS","token_type":
                "Bearer","issued_at":"1790000000000"}
                """#
            ),
            SalesforceOrg().configuration
        )
        #expect(reply.accessToken == "00D5g00000Abcde!AQEAQ" && reply.refreshToken == "5Aep861")
        #expect(reply.instanceURL == "https://acme.my.salesforce.com")
        #expect(reply.orgID == "00D5g00000AbcdeEAC" && reply.userID == "0055g000001XyzAAAS")
    }
}
