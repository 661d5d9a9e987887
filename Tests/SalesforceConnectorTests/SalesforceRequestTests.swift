import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SalesforceConnector
import SyncCore
import Testing

/// Every request that the connector builds, byte for byte (Salesforce's REST guide).
struct SalesforceRequestTests {
    struct Row: Sendable {
        var request: HTTPRequest?
        var text: String

        init(_ request: HTTPRequest?, _ text: String) {
            self.request = request
            self.text = text
        }
    }

    private static let built = SalesforceRequests(
        configuration: SalesforceConfiguration(
            loginURL: "https://acme.my.salesforce.com",
            clientID: "app",
            clientSecret: "secret",
            auth: .clientCredentials
        )
    )
    private static let data = "/services/data/v62.0"
    private static let json = "Content-Type: application/json"
    private static let client = "Sforce-Call-Options: client=duet"
    private static let saves = "Sforce-Duplicate-Rule-Header: allowSave=true"
    private static let contact = "0035g00000ABCdeAAG"

    private static func text(_ name: String, _ value: String) -> RecordWrite.Field {
        .init(name: name, type: .text, value: FieldValue(normal: value))
    }

    // MARK: - Reading

    static let reads = [
        Row(
            built.composite(gets: ["\(data)/limits", "\(data)/sobjects"]),
            """
            POST \(data)/composite
            \(json)

            {"allOrNone":false,"collateSubrequests":false,"compositeRequest":[{"method":"GET","url":\
            "/services/data/v62.0/limits","referenceId":"q0"},{"method":"GET","url":\
            "/services/data/v62.0/sobjects","referenceId":"q1"}]}
            """
        ),
        Row(
            built.records(of: "Account", fields: ["Name", "Owner.Email"], afterID: "001'"),
            """
            GET \(data)/query?q=SELECT%20Id%2CName%2COwner.Email%20FROM%20Account%20WHERE%20Id%20%3E\
            %20%27001%5C%27%27%20ORDER%20BY%20Id%20LIMIT%202000
            """
        ),
        Row(
            built.read("Contact", ids: [contact, "003"], fields: ["Id", "Email"]),
            """
            POST \(data)/composite/sobjects/Contact
            \(json)

            {"ids":["0035g00000ABCdeAAG","003"],"fields":["Id","Email"]}
            """
        ),
        Row(
            built.related(
                "Account",
                ids: ["001A"],
                fields: ["Name"],
                children: [.init("Contacts", fields: ["Email"], limit: 5)]
            ),
            """
            GET \(data)/query?q=SELECT%20Id%2CName%2C%28SELECT%20Id%2CEmail%20FROM%20Contacts%20LIMIT\
            %205%29%20FROM%20Account%20WHERE%20Id%20IN%20%28%27001A%27%29
            """
        ),
        Row(
            built.records(next: "\(data)/query/01g5g00000AbCdEAAV-2000"),
            "GET \(data)/query/01g5g00000AbCdEAAV-2000"
        ),
    ]

    @Test(arguments: SalesforceRequestTests.reads.indices)
    func `what reads records`(index: Int) {
        #expect(Self.reads[index].request?.wholeText == Self.reads[index].text)
    }

    // MARK: - Writing

    private static let stamped: RecordWrite = {
        var write = SalesforceFixture.write(3, .update(id: contact), phone: "+1")
        write.unmodifiedSince = ServerTime(milliseconds: 1_790_812_800_000)
        return write
    }()

    static let writes = [
        Row(
            built.write(
                [
                    SalesforceFixture.write(1, .update(id: contact), phone: ""),
                    SalesforceFixture.write(
                        2,
                        .createByKey(field: "HubSpot_Record_ID__c", value: "501"),
                        object: "Lead"
                    ),
                    stamped,
                ],
                collectionMax: 200
            ).request,
            """
            POST \(data)/composite
            \(json)
            \(client)

            {"allOrNone":false,"collateSubrequests":false,"compositeRequest":[{"method":"PATCH",\
            "url":"/services/data/v62.0/composite/sobjects","referenceId":"w0","httpHeaders":\
            {"Sforce-Auto-Assign":"FALSE","Sforce-Duplicate-Rule-Header":"allowSave=true"},\
            "body":{"allOrNone":false,"records":\
            [{"attributes":{"type":"Contact"},"id":"0035g00000ABCdeAAG","Phone":null}]}},{"method":\
            "POST","url":"/services/data/v62.0/composite/sobjects","referenceId":"w1","httpHeaders":\
            {"Sforce-Auto-Assign":"FALSE","Sforce-Duplicate-Rule-Header":"allowSave=true"},\
            "body":{"allOrNone":false,"records":\
            [{"attributes":{"type":"Lead"},"HubSpot_Record_ID__c":"501","Phone":"1"}]}},{"method":\
            "PATCH","url":"/services/data/v62.0/sobjects/Contact/0035g00000ABCdeAAG","referenceId":\
            "w2","httpHeaders":{"If-Unmodified-Since":"Thu, 01 Oct 2026 00:00:00 GMT",\
            "Sforce-Auto-Assign":"FALSE","Sforce-Duplicate-Rule-Header":"allowSave=true"},"body":\
            {"Phone":"+1"}}]}
            """
        ),
        Row(
            built.write(
                [
                    PlainWrite(
                        .new,
                        [
                            text("Name", "Acme"),
                            .init(
                                name: "NumberOfEmployees",
                                type: .number,
                                value: FieldValue(normal: "12")
                            ),
                        ]
                    )
                ],
                to: "Account"
            ),
            """
            POST \(data)/composite/sobjects
            \(json)
            \(client)
            \(saves)

            {"allOrNone":false,"records":[{"attributes":{"type":"Account"},"Name":"Acme",\
            "NumberOfEmployees":12}]}
            """
        ),
        Row(
            built.write([PlainWrite(.id("001A"), [text("Name", "")])], to: "Account"),
            """
            PATCH \(data)/composite/sobjects
            \(json)
            \(client)
            \(saves)

            {"allOrNone":false,"records":[{"attributes":{"type":"Account"},"id":"001A","Name":null}]}
            """
        ),
        Row(
            built.write(
                [PlainWrite(.key(field: "Key__c", value: "7"), [text("Name", "Acme")])],
                to: "Account"
            ),
            """
            PATCH \(data)/composite/sobjects/Account/Key__c
            \(json)
            \(client)
            \(saves)

            {"allOrNone":false,"records":[{"attributes":{"type":"Account"},"Key__c":"7","Name":\
            "Acme"}]}
            """
        ),
        Row(
            built.delete(["001A", "001B"]),
            "DELETE \(data)/composite/sobjects?ids=001A,001B&allOrNone=false\n\(client)"
        ),
        Row(
            built.composite(
                [
                    .init(
                        "a",
                        HTTPRequest(
                            method: .post,
                            url: "\(data)/sobjects/Account",
                            headers: [
                                HTTPHeader("Content-Type", "application/json"),
                                HTTPHeader("Sforce-Auto-Assign", "FALSE"),
                            ],
                            body: Array(#"{"Name":"Acme"}"#.utf8)
                        )
                    ),
                    .init("q", built.limits()),
                ],
                allOrNone: true
            ),
            """
            POST \(data)/composite
            \(json)

            {"allOrNone":true,"collateSubrequests":false,"compositeRequest":[{"method":"POST","url":\
            "/services/data/v62.0/sobjects/Account","referenceId":"a","httpHeaders":\
            {"Sforce-Auto-Assign":"FALSE"},"body":{"Name":"Acme"}},{"method":"GET","url":\
            "/services/data/v62.0/limits","referenceId":"q"}]}
            """
        ),
    ]

    @Test(arguments: SalesforceRequestTests.writes.indices)
    func `what writes records`(index: Int) {
        #expect(Self.writes[index].request?.wholeText == Self.writes[index].text)
    }

    // MARK: - The org

    static let metadata = [
        Row(built.objects(), "GET \(data)/sobjects"),
        Row(
            built.object("Contact", changedSince: "Thu, 03 Sep 2020 21:35:07 GMT"),
            """
            GET \(data)/sobjects/Contact/describe
            If-Modified-Since: Thu, 03 Sep 2020 21:35:07 GMT
            """
        ),
        Row(
            built.picklists(of: "Case", recordType: "012000000000000AAA"),
            "GET \(data)/ui-api/object-info/Case/picklist-values/012000000000000AAA"
        ),
        Row(built.limits(), "GET \(data)/limits"),
        Row(
            built.account(),
            """
            GET \(data)/query?q=SELECT%20Id%2CName%2COrganizationType%2CIsSandbox%2CInstanceName%2C\
            TimeZoneSidKey%20FROM%20Organization
            """
        ),
        Row(
            built.owners(),
            "GET \(data)/query?q=SELECT%20Id%2CName%2CEmail%2CIsActive%20FROM%20User%20ORDER%20BY%20Id"
        ),
        Row(built.owners(next: "\(data)/query/01g-2000"), "GET \(data)/query/01g-2000"),
        Row(
            built.queues(),
            """
            GET \(data)/query?q=SELECT%20Id%2CName%2CEmail%20FROM%20Group%20WHERE%20Type%20%3D%20\
            %27Queue%27%20ORDER%20BY%20Id
            """
        ),
        Row(
            built.pipelines(of: "Case"),
            """
            GET \(data)/query?q=SELECT%20Id%2CName%2CDeveloperName%2CIsActive%20FROM%20RecordType%20\
            WHERE%20SobjectType%20%3D%20%27Case%27%20ORDER%20BY%20Id
            """
        ),
        Row(
            built.stages(),
            """
            GET \(data)/query?q=SELECT%20ApiName%2CMasterLabel%2CIsActive%2CIsClosed%2CIsWon%2C\
            DefaultProbability%20FROM%20OpportunityStage%20ORDER%20BY%20SortOrder
            """
        ),
        Row(
            built.updated(
                "Contact",
                from: ServerTime(milliseconds: 1_795_341_600_999),
                to: ServerTime(milliseconds: 1_795_345_530_000)
            ),
            """
            GET \(data)/sobjects/Contact/updated/?start=2026-11-22T10%3A00%3A00%2B00%3A00\
            &end=2026-11-22T11%3A05%3A30%2B00%3A00
            """
        ),
        Row(
            built.deleted(
                "Contact",
                from: ServerTime(milliseconds: 1_795_341_600_000),
                to: ServerTime(milliseconds: 1_795_345_530_000)
            ),
            """
            GET \(data)/sobjects/Contact/deleted/?start=2026-11-22T10%3A00%3A00%2B00%3A00\
            &end=2026-11-22T11%3A05%3A30%2B00%3A00
            """
        ),
    ]

    @Test(arguments: SalesforceRequestTests.metadata.indices)
    func `what reads the org itself`(index: Int) {
        #expect(Self.metadata[index].request?.wholeText == Self.metadata[index].text)
    }

    @Test func `statements over a mapping`() {
        let contact = SalesforceFixture.mapping.salesforce[0]
        let fields =
            "SELECT Id,IsDeleted,SystemModstamp,MasterRecordId,HubSpot_Record_ID__c,Email,Phone "
        let since = ServerTime(milliseconds: 1_795_345_530_999)
        #expect(
            SalesforceQueries.changes(contact, since: since)
                == fields + "FROM Contact WHERE SystemModstamp >= 2026-11-22T11:05:30Z "
                + "ORDER BY SystemModstamp, Id"
        )
        #expect(
            SalesforceQueries.all(contact, afterID: "003A")
                == fields + "FROM Contact WHERE IsDeleted = false AND Id > '003A' "
                + "ORDER BY Id LIMIT 2000"
        )
        #expect(
            SalesforceQueries.byID(contact, ids: ["003B", "003A", "003B"])
                == fields + "FROM Contact WHERE Id IN ('003A','003B')"
        )
        var task = contact
        task.name = "Task"
        task.share = RowShare(
            field: "TaskSubtype",
            values: .except(["Call"]),
            flags: ["IsRecurrence"],
            foreignKeys: ["Note__c"]
        )
        let read =
            "SELECT Id,IsDeleted,SystemModstamp,HubSpot_Record_ID__c,TaskSubtype,IsRecurrence,Note__c,Email,Phone"
        #expect(
            SalesforceQueries.all(task, afterID: nil)
                == read
                + " FROM Task WHERE IsDeleted = false AND (TaskSubtype = null OR TaskSubtype NOT IN "
                + "('Call')) AND IsRecurrence = false AND Note__c = null ORDER BY Id LIMIT 2000"
        )
        var note = task
        note.keyField = "Note__c"
        note.fields[1] = .init(name: "Description", shape: FieldShape(type: .text))
        note.share = RowShare(field: "TaskSubtype", values: .only(["Task"]), isKeyed: true)
        #expect(
            SalesforceQueries.all(note, afterID: nil).hasSuffix(
                " AND TaskSubtype IN ('Task') AND Note__c != null ORDER BY Id LIMIT 2000"
            )
        )
        // One read serves both.
        #expect(
            SalesforceQueries.changes(task, others: [note], since: since)
                == read + ",Description FROM Task WHERE SystemModstamp >= 2026-11-22T11:05:30Z "
                + "ORDER BY SystemModstamp, Id"
        )
        let lead = SalesforceFixture.mapping.salesforce[1]
        #expect(SalesforceQueries.fieldNames(lead).contains("ConvertedContactId"))
        #expect(SalesforceQueries.escaped("a'b\\c\nd\te\r") == #"a\'b\\c\nd\te\r"#)
    }
}
