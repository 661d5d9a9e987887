import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Object types of the org's own, as every endpoint for records has them.
@Suite struct CustomObjectTests {
    private var rehearsal = Rehearsal(Factory.settings())

    private mutating func field(_ object: String, _ name: String) throws -> JSON {
        let fields = self.rehearsal.send(.get, "/sobjects/\(object)/describe").json["fields"]
        return try #require(fields?.elements.first { $0["name"]?.string == name })
    }

    @Test mutating func `a custom object is described with what all of them have`() throws {
        let describe = self.rehearsal.send(.get, "/sobjects/plant__c/describe").json
        #expect(describe["custom"]?.boolean == true)
        #expect(describe["keyPrefix"]?.string == "a00")
        #expect(describe["labelPlural"]?.string == "Plants")
        #expect(
            describe["fields"]?.elements.compactMap { $0["name"]?.string } == [
                "Id", "OwnerId", "IsDeleted", "Name", "CreatedDate", "CreatedById",
                "LastModifiedDate", "LastModifiedById", "SystemModstamp", "Key__c", "City__c",
                "Account__c",
            ]
        )
        let name = try self.field("Plant__c", "Name")
        #expect(name["nameField"]?.boolean == true)
        #expect(name["createable"]?.boolean == true)
        #expect(name["defaultedOnCreate"]?.boolean == true)
        #expect(name["length"]?.integer == 80)
        let number = try self.field("Order__c", "Name")
        #expect(number["autoNumber"]?.boolean == true)
        #expect(number["createable"]?.boolean == false)
        #expect(number["label"]?.string == "Order Number")
        let master = try self.field("Order__c", "Plant__c")
        #expect(master["cascadeDelete"]?.boolean == true)
        #expect(master["relationshipOrder"]?.integer == 0)
        #expect(master["relationshipName"]?.string == "Plant__r")
        #expect(master["nillable"]?.boolean == false)
        #expect(master["updateable"]?.boolean == false)
        let lookup = try self.field("Plant__c", "Account__c")
        #expect(lookup["cascadeDelete"]?.boolean == false)
        #expect(lookup["relationshipOrder"]?.isNull == true)
        let global = self.rehearsal.send(.get, "/sobjects").json["sobjects"]?.elements ?? []
        let own = global.filter { $0["custom"]?.boolean == true }
        #expect(own.map { $0["name"]?.string } == ["Plant__c", "Order__c"])
        #expect(own.map { $0["keyPrefix"]?.string } == ["a00", "a01"])
        let children = self.rehearsal.send(.get, "/sobjects/Plant__c/describe")
            .json["childRelationships"]?.elements
        #expect(children?.map { $0["relationshipName"]?.string } == ["Orders__r"])
        #expect(children?.first?["cascadeDelete"]?.boolean == true)
    }

    @Test mutating func `records are made, read, changed and deleted`() throws {
        let plant = self.rehearsal.make("Plant__c", #"{"Name":"Lyon","City__c":"Lyon"}"#)
        #expect(plant.hasPrefix("a00") && plant.count == 18)
        let path = "/sobjects/Plant__c/\(plant)"
        #expect(self.rehearsal.send(.patch, path, #"{"City__c":"Nice"}"#).status == 204)
        let read = self.rehearsal.send(.get, path).json
        #expect(read["attributes"]?["type"]?.string == "Plant__c")
        #expect(read["City__c"]?.string == "Nice")
        #expect(read["OwnerId"]?.string == MockSalesforceCredential.standard.userID)
        let nameless = self.rehearsal.make("Plant__c", "{}")
        #expect(
            self.rehearsal.mock.record(nameless)?["Name"] == .text(String(nameless.prefix(15)))
        )
        #expect(self.rehearsal.send(.delete, path).status == 204)
        #expect(self.rehearsal.send(.get, path).status == 404)
        let bad = self.rehearsal.send(.post, "/sobjects/Plant__c", #"{"Nope__c":"x"}"#)
        #expect(bad.errorCode == "INVALID_FIELD")
    }

    @Test mutating func `names are counted, those of a rolled back save are free again`() {
        let plant = self.rehearsal.make("Plant__c", #"{"Name":"Lyon"}"#)
        let body = #"{"Plant__c":"\#(plant)"}"#
        for _ in 0..<2 { _ = self.rehearsal.make("Order__c", body) }
        let given = self.rehearsal.send(
            .post,
            "/sobjects/Order__c",
            #"{"Plant__c":"\#(plant)","Name":"X"}"#
        )
        #expect(given.errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE")
        let rows =
            #"{"allOrNone":true,"records":[{"attributes":{"type":"Order__c"},"#
            + #""Plant__c":"\#(plant)"},{"attributes":{"type":"Order__c"}}]}"#
        let refused = self.rehearsal.send(.post, "/composite/sobjects", rows)
        #expect(
            refused.rows == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]
        )
        _ = self.rehearsal.make("Order__c", body)
        let names = self.rehearsal.column("Name", "SELECT Name FROM Order__c ORDER BY Id")
        #expect(names == ["O-0001", "O-0002", "O-0003"])
    }

    @Test mutating func `an upsert goes by the key and takes parents by theirs`() throws {
        let path = "/sobjects/Plant__c/Key__c/k1"
        let made = self.rehearsal.send(.patch, path, #"{"Name":"Lyon"}"#)
        #expect(made.status == 201)
        let again = self.rehearsal.send(.patch, path, #"{"City__c":"Lyon"}"#)
        #expect(again.status == 200)
        #expect(again.json["id"]?.string == made.json["id"]?.string)
        let rows = ["k1", "k2", "k2"].map {
            #"{"attributes":{"type":"Plant__c"},"Key__c":"\#($0)","City__c":"X"}"#
        }
        let list = self.rehearsal.send(
            .patch,
            "/composite/sobjects/Plant__c/Key__c",
            #"{"records":[\#(rows.joined(separator: ","))]}"#
        )
        #expect(list.rows == ["success", "DUPLICATE_VALUE", "DUPLICATE_VALUE"])
        let order = self.rehearsal.send(
            .post,
            "/sobjects/Order__c",
            #"{"Plant__r":{"Key__c":"k1"},"Amount__c":7.5}"#
        )
        #expect(order.status == 201)
        let lost = self.rehearsal.send(
            .post,
            "/sobjects/Order__c",
            #"{"Plant__r":{"Key__c":"k9"}}"#
        )
        #expect(lost.message.contains("Foreign key external ID: k9 not found"))
    }

    @Test mutating func `queries go up to parents and down to children`() throws {
        let account = try self.rehearsal.seed("Account", [("Name", "Acme")])
        let plant = self.rehearsal.make(
            "Plant__c",
            #"{"Name":"Lyon","Account__c":"\#(account)"}"#
        )
        _ = self.rehearsal.make("Plant__c", #"{"Name":"Nice"}"#)
        for amount in [5, 7] {
            _ = self.rehearsal.make(
                "Order__c",
                #"{"Plant__c":"\#(plant)","Amount__c":\#(amount)}"#
            )
        }
        #expect(
            self.rehearsal.column(
                "Plant__r.Account__r.Name",
                "SELECT Plant__r.Account__r.Name FROM Order__c WHERE Plant__r.Name = 'Lyon'"
            ) == ["Acme", "Acme"]
        )
        let down = self.rehearsal.query(
            "SELECT Name, (SELECT Name FROM Orders__r ORDER BY Amount__c DESC) FROM Plant__c"
        ).json["records"]
        let orders = down?[0]?["Orders__r"]?["records"]?.elements
        #expect(orders?.map { $0["Name"]?.string } == ["O-0002", "O-0001"])
        #expect(down?[1]?["Orders__r"]?.isNull == true)
        let plants = self.rehearsal.query("SELECT (SELECT Name FROM Plants__r) FROM Account")
        #expect(plants.json["records"]?[0]?["Plants__r"]?["totalSize"]?.integer == 1)
        #expect(
            self.rehearsal.column(
                "Name",
                "SELECT Name FROM Plant__c WHERE Id IN (SELECT Plant__c FROM Order__c)"
            ) == ["Lyon"]
        )
        #expect(
            self.rehearsal.column(
                "expr0",
                "SELECT SUM(Amount__c) FROM Order__c GROUP BY Plant__r.Name"
            ) == ["12.0"]
        )
        #expect(
            self.rehearsal.column("Owner.Name", "SELECT Owner.Name FROM Plant__c").first
                == "Integration User"
        )
        let found = self.rehearsal.send(.get, "/search?q=" + Rehearsal.encode("FIND {Lyon}"))
        #expect(found.json["searchRecords"]?[0]?["attributes"]?["type"]?.string == "Plant__c")
    }

    @Test mutating func `bulk jobs and the replication endpoints have them`() throws {
        let job = self.rehearsal.send(
            .post,
            "/jobs/ingest",
            #"{"object":"Plant__c","operation":"upsert","externalIdFieldName":"Key__c"}"#
        )
        let path = "/jobs/ingest/" + (job.json["id"]?.string ?? "")
        let csv = [HTTPHeader("Content-Type", "text/csv; charset=UTF-8")]
        let upload = "Key__c,Name\nk1,Lyon\nk2,Nice\n"
        #expect(
            self.rehearsal.send(.put, path + "/batches", upload, headers: csv).status == 201
        )
        _ = self.rehearsal.send(.patch, path, #"{"state":"UploadComplete"}"#)
        self.rehearsal.now += 1_000
        #expect(
            self.rehearsal.send(.get, path).json["numberRecordsProcessed"]?.integer == 2
        )
        let ids = self.rehearsal.column("Id", "SELECT Id FROM Plant__c ORDER BY Key__c")
        let query = self.rehearsal.send(
            .post,
            "/jobs/query",
            #"{"operation":"query","query":"SELECT Key__c FROM Plant__c ORDER BY Key__c"}"#
        )
        self.rehearsal.now += 1_000
        let results = "/jobs/query/\(query.json["id"]?.string ?? "")/results"
        #expect(self.rehearsal.send(.get, results).text == "\"Key__c\"\n\"k1\"\n\"k2\"\n")
        #expect(self.rehearsal.send(.delete, "/sobjects/Plant__c/\(ids[1])").status == 204)
        self.rehearsal.now += 600_000
        let window = "?start=2026-09-21T14:13:00Z&end=2026-09-21T14:20:00Z"
        let updated = self.rehearsal.send(.get, "/sobjects/Plant__c/updated/" + window)
        #expect(updated.json["ids"]?.elements.map(\.string) == [ids[0]])
        let deleted = self.rehearsal.send(.get, "/sobjects/Plant__c/deleted/" + window)
        #expect(deleted.json["deletedRecords"]?[0]?["id"]?.string == ids[1])
        let count = self.rehearsal.send(.get, "/limits/recordCount?sObjects=Plant__c")
        #expect(count.json["sObjects"]?[0]?["count"]?.integer == 1)
    }

    @Test mutating func `changes are told on a channel of their own`() throws {
        self.rehearsal.mock.settings.streaming.selectedObjects = ["Plant__c", "Order__c"]
        let plants = self.rehearsal.listen(to: [("/data/Plant__ChangeEvent", -1)])
        let orders = self.rehearsal.listen(to: [("/data/Order__ChangeEvent", -1)])
        let plant = self.rehearsal.make("Plant__c", #"{"Name":"Lyon","City__c":"Lyon"}"#)
        _ = self.rehearsal.make("Order__c", #"{"Plant__c":"\#(plant)","Amount__c":5}"#)
        let event = try self.rehearsal.event(plants)
        #expect(event.header?["entityName"]?.string == "Plant__c")
        #expect(event.payload?["City__c"]?.string == "Lyon")
        #expect(event.payload?["Name"]?.string == "Lyon")
        let counted = try self.rehearsal.event(orders)
        #expect(counted.payload?["Name"]?.string == "O-0001")
        #expect(counted.payload?["Plant__c"]?.string == plant)
        #expect(counted.payload?["OwnerId"] == nil)
        _ = self.rehearsal.send(.delete, "/sobjects/Plant__c/\(plant)")
        #expect(try self.rehearsal.event(plants).changeType == "DELETE")
        #expect(try self.rehearsal.event(orders).changeType == "DELETE")
        let schema = self.rehearsal.send(.get, "/sobjects/Plant__ChangeEvent/eventSchema")
        #expect(schema.json["name"]?.string == "Plant__ChangeEvent")
    }
}
