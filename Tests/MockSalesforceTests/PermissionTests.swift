import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct PermissionTests {
    private static let user = MockSalesforceCredential.standard.userID

    /// An org whose integration user has the second profile.
    private static func rehearsal(_ profile: MockSalesforceProfile) -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions(
            profiles: [.administrator, profile],
            profileByUser: [Self.user: profile.name]
        )
        return Rehearsal(settings)
    }

    private static func field(_ name: String, _ describe: Answer) -> JSON? {
        describe.json["fields"]?.elements.first { $0["name"]?.string == name }
    }

    @Test func `a field that the user may not see is nowhere`() throws {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(
                name: "Sync",
                hiddenFields: ["Contact.Title", "Contact.MailingAddress"]
            )
        )
        let id = try rehearsal.seed("Contact", [("LastName", "Roux"), ("Title", "CTO")])
        let describe = rehearsal.send(.get, "/sobjects/Contact/describe")
        for name in ["Title", "MailingAddress", "MailingCity"] {
            #expect(Self.field(name, describe) == nil, "\(name)")
        }
        #expect(Self.field("Department", describe) != nil)
        let refused = rehearsal.query("SELECT Id, Title FROM Contact")
        #expect(refused.errorCode == "INVALID_FIELD")
        #expect(refused.message.contains("No such column 'Title' on entity 'Contact'"))
        #expect(
            rehearsal.query("SELECT Id FROM Contact WHERE Title = 'CTO'").errorCode
                == "INVALID_FIELD"
        )
        let read = rehearsal.send(.get, "/sobjects/Contact/\(id)").json
        #expect(read["LastName"]?.string == "Roux")
        #expect(read["Title"] == nil)
        let list = #"{"ids":["\#(id)"],"fields":["Title"]}"#
        let rows = rehearsal.send(.post, "/composite/sobjects/Contact", list)
        #expect(rows.errorCode == "INVALID_FIELD")
        let write = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Title":"CEO"}"#)
        #expect(write.errorCode == "INVALID_FIELD")
        #expect(rehearsal.mock.record(id)?["Title"] == .text("CTO"))
    }

    @Test func `a field that the user may not write is refused by name`() throws {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(name: "Sync", readOnlyFields: ["Contact.Title"])
        )
        let id = try rehearsal.seed("Contact", [("LastName", "Roux"), ("Title", "CTO")])
        let field = Self.field("Title", rehearsal.send(.get, "/sobjects/Contact/describe"))
        #expect(field?["createable"]?.boolean == false)
        #expect(field?["updateable"]?.boolean == false)
        #expect(rehearsal.column("Title", "SELECT Title FROM Contact") == ["CTO"])
        let refused = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Title":"CEO"}"#)
        #expect(
            refused.text
                == #"[{"message":"Unable to create/update fields: Title. Please check the "#
                + #"security settings of this field and verify that it is read/write for your "#
                + #"profile or permission set.","errorCode":"INVALID_FIELD_FOR_INSERT_UPDATE","#
                + #""fields":["Title"]}]"#
        )
        let body = #"{"records":[{"attributes":{"type":"Contact"},"LastName":"A","Title":"B"}]}"#
        #expect(
            rehearsal.send(.post, "/composite/sobjects", body).rows
                == ["INVALID_FIELD_FOR_INSERT_UPDATE"]
        )
    }

    @Test func `rules of the org see what the user does not`() {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(name: "Sync", hiddenFields: ["Contact.Title"])
        )
        rehearsal.mock.flowRules = [
            MockSalesforceFlowRule(object: "Contact", field: "Title", action: .set(.text("VP")))
        ]
        let made = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"Roux"}"#)
        let id = made.json["id"]?.string ?? ""
        #expect(rehearsal.mock.record(id)?["Title"] == .text("VP"))
    }

    @Test func `object permissions decide what is listed, made, changed and deleted`() throws {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(
                name: "Sync",
                permissions: [.apiEnabled],
                objects: ["Lead": .none, "Contact": .readOnly]
            )
        )
        let id = try rehearsal.seed("Contact", [("LastName", "Roux")])
        let listed = rehearsal.send(.get, "/sobjects").json["sobjects"]?.elements ?? []
        #expect(!listed.contains { $0["name"]?.string == "Lead" })
        let contact = listed.first { $0["name"]?.string == "Contact" }
        #expect(contact?["createable"]?.boolean == false)
        #expect(rehearsal.send(.get, "/sobjects/Lead/describe").errorCode == "NOT_FOUND")
        #expect(rehearsal.query("SELECT Id FROM Lead").errorCode == "INVALID_TYPE")
        let made = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"Sol"}"#)
        #expect(made.status == 400)
        #expect(
            made.text
                == #"[{"message":"entity type cannot be inserted: Contact","#
                + #""errorCode":"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY","fields":[]}]"#
        )
        let path = "/sobjects/Contact/\(id)"
        for (method, body) in [(HTTPMethod.patch, #"{"Title":"A"}"#), (.delete, nil)] {
            let refused = rehearsal.send(method, path, body)
            #expect(refused.status == 403)
            #expect(refused.errorCode == "INSUFFICIENT_ACCESS_OR_READONLY")
        }
        #expect(rehearsal.send(.get, path).status == 200)
    }

    @Test func `users without API Enabled or View Setup get the vendor's errors`() {
        var rehearsal = Self.rehearsal(MockSalesforceProfile(name: "Sync"))
        #expect(rehearsal.send(.get, "/limits").status == 200)
        rehearsal.mock.setPermission(.viewSetup, of: "Sync", false, at: rehearsal.now)
        #expect(rehearsal.send(.get, "/limits").status == 403)
        #expect(rehearsal.query("SELECT Id FROM FieldPermissions").errorCode == "INVALID_TYPE")
        rehearsal.mock.setPermission(.apiEnabled, of: "Sync", false, at: rehearsal.now)
        let refused = rehearsal.query("SELECT Id FROM Contact")
        #expect(refused.status == 403)
        #expect(
            refused.text
                == #"[{"message":"The REST API is not enabled for this Organization.","#
                + #""errorCode":"API_DISABLED_FOR_ORG"}]"#
        )
    }

    @Test func `a permission set opens a field, and the describe has changed`() {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(name: "Sync", hiddenFields: ["Contact.Title"])
        )
        let since = [HTTPHeader("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")]
        let path = "/sobjects/Contact/describe"
        #expect(rehearsal.send(.get, path, headers: since).status == 304)
        let set = rehearsal.send(
            .post,
            "/sobjects/PermissionSet",
            #"{"Name":"Sync_Fields","Label":"Sync fields"}"#
        )
        let id = set.json["id"]?.string ?? ""
        #expect(set.status == 201)
        let grant =
            #"{"ParentId":"\#(id)","SobjectType":"Contact","Field":"Contact.Title","#
            + #""PermissionsRead":true,"PermissionsEdit":true}"#
        let made = rehearsal.send(.post, "/sobjects/FieldPermissions", grant)
        #expect(made.status == 201)
        #expect(
            rehearsal.send(.post, "/sobjects/FieldPermissions", grant).errorCode
                == "DUPLICATE_VALUE"
        )
        #expect(rehearsal.query("SELECT Title FROM Contact").errorCode == "INVALID_FIELD")
        let assignment = #"{"AssigneeId":"\#(Self.user)","PermissionSetId":"\#(id)"}"#
        #expect(
            rehearsal.send(.post, "/sobjects/PermissionSetAssignment", assignment).status == 201
        )
        #expect(rehearsal.query("SELECT Title FROM Contact").status == 200)
        #expect(rehearsal.send(.get, path, headers: since).status == 200)
        let row = "/sobjects/FieldPermissions/\(made.json["id"]?.string ?? "")"
        #expect(rehearsal.send(.patch, row, #"{"PermissionsRead":false}"#).status == 204)
        #expect(rehearsal.query("SELECT Title FROM Contact").errorCode == "INVALID_FIELD")
        #expect(rehearsal.send(.get, row).status == 404)
        let unknown = grant.replacing("Contact.Title", with: "Contact.Nope")
        #expect(
            rehearsal.send(.post, "/sobjects/FieldPermissions", unknown).errorCode
                == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
        )
    }

    @Test func `permissions can be queried as the sync asks for them`() {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(
                name: "Sync",
                permissions: [.apiEnabled, .viewSetup],
                objects: ["Contact": .readOnly],
                hiddenFields: ["Contact.Title"]
            )
        )
        let own = rehearsal.query(
            "SELECT PermissionsApiEnabled, PermissionsModifyAllData FROM UserPermissionAccess "
                + "LIMIT 1"
        )
        let record = own.json["records"]?[0]
        #expect(record?["PermissionsApiEnabled"]?.boolean == true)
        #expect(record?["PermissionsModifyAllData"]?.boolean == false)
        let sets =
            "(SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = "
            + "'\(Self.user)')"
        #expect(
            rehearsal.column(
                "PermissionsCreate",
                "SELECT SobjectType, PermissionsCreate FROM ObjectPermissions WHERE ParentId IN "
                    + "\(sets) AND SobjectType IN ('Contact', 'Account') ORDER BY SobjectType"
            ) == ["true", "false"]
        )
        #expect(
            rehearsal.column(
                "Field",
                "SELECT Field FROM FieldPermissions WHERE ParentId IN \(sets) AND "
                    + "Field IN ('Contact.Title', 'Contact.Department')"
            ) == ["Contact.Department"]
        )
        #expect(
            rehearsal.column(
                "Profile.Name",
                "SELECT Profile.Name FROM PermissionSet WHERE IsOwnedByProfile = true ORDER BY Id"
            ) == ["System Administrator", "Sync"]
        )
    }

    @Test func `access to records is asked for one user and named records`() throws {
        var rehearsal = Self.rehearsal(
            MockSalesforceProfile(
                name: "Sync",
                permissions: [.apiEnabled],
                objects: ["Contact": .readOnly]
            )
        )
        let seen = try rehearsal.seed("Contact", [("LastName", "Roux")])
        let hidden = try rehearsal.seed("Account", [("Name", "Acme")])
        try rehearsal.mock.setVisible(hidden, false)
        let statement =
            "SELECT RecordId, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '\(Self.user)' "
        #expect(
            rehearsal.column(
                "MaxAccessLevel",
                statement + "AND RecordId IN ('\(seen)', '\(hidden)')"
            ) == ["Read", "None"]
        )
        #expect(rehearsal.query(statement).errorCode == "MALFORMED_QUERY")
    }

    @Test func `definitions tell the shape of the org`() {
        var rehearsal = Rehearsal()
        #expect(
            rehearsal.column(
                "KeyPrefix",
                "SELECT KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Contact'"
            ) == ["003"]
        )
        let fields = rehearsal.query(
            "SELECT QualifiedApiName, DataType, EntityDefinition.KeyPrefix FROM FieldDefinition "
                + "WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName IN "
                + "('HubSpot_Record_ID__c', 'Birthdate') ORDER BY QualifiedApiName"
        )
        let records = fields.json["records"]?.elements ?? []
        #expect(records.map { $0["DataType"]?.string } == ["Date", "Text(18)"])
        #expect(records.first?["EntityDefinition"]?["KeyPrefix"]?.string == "003")
        let all = rehearsal.query("SELECT QualifiedApiName FROM FieldDefinition")
        #expect(all.json["done"]?.boolean == true)
        #expect(all.json["records"]?.count ?? 0 > 500)
    }

    @Test func `users lead to their profile, and an address has its parts`() {
        var rehearsal = Rehearsal()
        let profiles = rehearsal.column("Profile.Name", "SELECT Id, Profile.Name FROM User")
        #expect(Set(profiles) == ["System Administrator"])
        let roles = rehearsal.column("UserRole", "SELECT UserRole.Name FROM User LIMIT 1")
        #expect(roles == ["-"])
        let fields = rehearsal.send(.get, "/sobjects/User/describe").json["fields"]?.elements ?? []
        let parts = fields.filter { $0["compoundFieldName"]?.string == "Address" }
        #expect(parts.contains { $0["name"]?.string == "PostalCode" })
        #expect(parts.count == 8)
        let assigned = rehearsal.column(
            "PermissionSet.IsOwnedByProfile",
            "SELECT PermissionSet.IsOwnedByProfile FROM PermissionSetAssignment "
                + "WHERE AssigneeId = '\(rehearsal.mock.settings.credentials[0].userID)'"
        )
        #expect(assigned == ["true"])
        let edits = rehearsal.column(
            "PermissionsEdit",
            "SELECT PermissionsEdit FROM ObjectPermissions WHERE SobjectType = 'Contact'"
        )
        #expect(edits == ["true"])
        let children = rehearsal.query(
            "SELECT Id, (SELECT Id FROM PermissionSetAssignments) FROM User LIMIT 1"
        )
        #expect(
            children.json["records"]?[0]?["PermissionSetAssignments"]?["totalSize"]?.integer == 1
        )
        // Nothing is checked here, so nothing lists fields.
        #expect(rehearsal.query("SELECT Id FROM FieldPermissions").errorCode == "INVALID_TYPE")
    }

    @Test func `an org that checks nothing lists no fields that are given`() {
        var rehearsal = Rehearsal()
        #expect(rehearsal.query("SELECT Id FROM FieldPermissions").errorCode == "INVALID_TYPE")
        #expect(rehearsal.column("Name", "SELECT Name FROM Profile") == ["System Administrator"])
        let access = "SELECT PermissionsApiEnabled FROM UserPermissionAccess"
        #expect(rehearsal.column("PermissionsApiEnabled", access) == ["true"])
    }

    @Test func `a trial tells its end`() {
        var settings = MockSalesforceSettings()
        settings.isSandbox = true
        settings.trialExpiresAt = 1_800_000_000_000
        var rehearsal = Rehearsal(settings)
        #expect(
            rehearsal.column("TrialExpirationDate", "SELECT TrialExpirationDate FROM Organization")
                == ["2027-01-15T08:00:00.000+0000"]
        )
    }
}
