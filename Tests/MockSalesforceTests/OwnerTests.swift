import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Queues as owners, and the rules that give leads and cases to somebody.
@Suite struct OwnerTests {
    private static let support = MockSalesforceQueue.id(0)
    private static let seller = MockSalesforceUser.standard[1].id

    private static func org() -> Rehearsal {
        var settings = Factory.settings()
        settings.queues = [
            MockSalesforceQueue(
                name: "Support Team",
                email: "support@x.test",
                objects: ["Lead", "Plant__c"]
            ),
            MockSalesforceQueue(name: "Cases", objects: ["Case"]),
        ]
        return Rehearsal(settings)
    }

    @Test func `an org without queues has no groups`() {
        var rehearsal = Rehearsal()
        #expect(rehearsal.query("SELECT Id FROM Group").errorCode == "INVALID_TYPE")
    }

    @Test func `queues are told with their objects and own records of those only`() {
        var rehearsal = Self.org()
        #expect(
            rehearsal.column(
                "DeveloperName",
                "SELECT Id, Name, DeveloperName, Email FROM Group WHERE Type = 'Queue' ORDER BY Id"
            ) == ["Support_Team", "Cases"]
        )
        #expect(
            rehearsal.column(
                "Queue.Name",
                "SELECT Queue.Name FROM QueueSobject WHERE SobjectType = 'Case'"
            ) == ["Cases"]
        )
        let owned = #""OwnerId":"\#(Self.support)""#
        _ = rehearsal.make("Lead", #"{"LastName":"A","Company":"A",\#(owned)}"#)
        _ = rehearsal.make("Plant__c", "{\(owned)}")
        for object in ["Lead", "Plant__c"] {
            #expect(
                rehearsal.column("Owner.Name", "SELECT Owner.Name FROM \(object)")
                    == ["Support Team"]
            )
            #expect(
                rehearsal.column(
                    "Owner.Type",
                    "SELECT Owner.Type FROM \(object) WHERE Owner.Type = 'Queue'"
                ) == ["Queue"]
            )
        }
        let others = rehearsal.send(.post, "/sobjects/Case", #"{"Subject":"A",\#(owned)}"#)
        #expect(others.errorCode == "INVALID_OPERATION")
        let never = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"A",\#(owned)}"#)
        #expect(never.errorCode == "MALFORMED_ID")
    }

    private static func ruled() -> Rehearsal {
        var rehearsal = Self.org()
        rehearsal.mock.assignmentRules = [
            MockSalesforceAssignmentRule(
                object: "Lead",
                name: "By source",
                entries: [
                    .init(when: "LeadSource", is: .text("Web"), ownerID: Self.support),
                    .init(when: "Rating", is: .text("Hot"), ownerID: Self.seller),
                ]
            ),
            MockSalesforceAssignmentRule(
                object: "Lead",
                name: "All",
                isActive: false,
                entries: [.init(ownerID: Self.seller)]
            ),
        ]
        return rehearsal
    }

    @Test(
        arguments: [
            (nil, "Web", "Support Team"), ("TRUE", "Web", "Support Team"),
            ("FALSE", "Web", "Integration User"), (nil, "Other", "Integration User"),
            (MockSalesforceAssignmentRule.id(1), "Web", "Sam Seller"),
        ] as [(String?, String, String)]
    )
    func `a header says which rule gives the owner`(header: String?, source: String, owner: String)
    {
        var rehearsal = Self.ruled()
        let headers = header.map { [HTTPHeader("Sforce-Auto-Assign", $0)] } ?? []
        let body = #"{"LastName":"A","Company":"A","LeadSource":"\#(source)"}"#
        #expect(rehearsal.send(.post, "/sobjects/Lead", body, headers: headers).status == 201)
        #expect(rehearsal.column("Owner.Name", "SELECT Owner.Name FROM Lead") == [owner])
    }

    @Test func `an update is ruled too, people and other objects are not`() throws {
        var rehearsal = Self.ruled()
        let id = try rehearsal.mock.create(
            object: "Lead",
            fields: [
                .init("LastName", .text("A")), .init("Company", .text("A")),
                .init("LeadSource", .text("Web")),
            ],
            at: rehearsal.now
        )
        let owner = "SELECT Owner.Name FROM Lead"
        #expect(rehearsal.column("Owner.Name", owner) == ["Ada Admin"])
        _ = rehearsal.send(
            .patch,
            "/sobjects/Lead/\(id)",
            #"{"Title":"Boss"}"#,
            headers: [HTTPHeader("Sforce-Auto-Assign", "false")]
        )
        #expect(rehearsal.column("Owner.Name", owner) == ["Ada Admin"])
        _ = rehearsal.send(.patch, "/sobjects/Lead/\(id)", #"{"Title":"Boss"}"#)
        #expect(rehearsal.column("Owner.Name", owner) == ["Support Team"])
        _ = rehearsal.make("Account", #"{"Name":"A"}"#)
        #expect(
            rehearsal.column("Owner.Name", "SELECT Owner.Name FROM Account")
                == ["Integration User"]
        )
    }

    @Test func `a Bulk job asks the rule that it names, or none`() {
        var rehearsal = Self.ruled()
        let rule = #","assignmentRuleId":"\#(MockSalesforceAssignmentRule.id(0))""#
        for part in ["", rule] {
            let job = rehearsal.send(
                .post,
                "/jobs/ingest",
                #"{"object":"Lead","operation":"insert"\#(part)}"#
            )
            let path = "/jobs/ingest/" + (job.json["id"]?.string ?? "")
            _ = rehearsal.send(
                .put,
                path + "/batches",
                "LastName,Company,LeadSource\nA,A,Web\n",
                headers: [HTTPHeader("Content-Type", "text/csv")]
            )
            _ = rehearsal.send(.patch, path, #"{"state":"UploadComplete"}"#)
            rehearsal.now += 1_000
        }
        #expect(
            rehearsal.column("Owner.Name", "SELECT Owner.Name FROM Lead ORDER BY Id")
                == ["Integration User", "Support Team"]
        )
    }
}
