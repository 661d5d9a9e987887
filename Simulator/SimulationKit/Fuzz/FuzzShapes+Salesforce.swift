extension FuzzShapes {
    static let salesforce = FuzzShapes(
        paths: [
            "/services/data", "/services/data/{v}", "/services/data/{v}/limits",
            "/services/data/{v}/limits/recordCount", "/services/data/{v}/sobjects",
            "/services/data/{v}/sobjects/{type}", "/services/data/{v}/sobjects/{type}/describe",
            "/services/data/{v}/sobjects/{type}/{id}",
            "/services/data/{v}/sobjects/{type}/{field}/{id}",
            "/services/data/{v}/sobjects/{type}/updated",
            "/services/data/{v}/sobjects/{type}/deleted/",
            "/services/data/{v}/query", "/services/data/{v}/queryAll",
            "/services/data/{v}/query/{id}",
            "/services/data/{v}/search", "/services/data/{v}/composite",
            "/services/data/{v}/composite/batch", "/services/data/{v}/composite/graph",
            "/services/data/{v}/composite/tree/{type}", "/services/data/{v}/composite/sobjects",
            "/services/data/{v}/composite/sobjects/{type}",
            "/services/data/{v}/composite/sobjects/{type}/{field}",
            "/services/data/{v}/jobs/ingest", "/services/data/{v}/jobs/ingest/{id}",
            "/services/data/{v}/jobs/ingest/{id}/batches",
            "/services/data/{v}/jobs/ingest/{id}/{result}", "/services/data/{v}/jobs/query",
            "/services/data/{v}/jobs/query/{id}", "/services/data/{v}/jobs/query/{id}/results",
            "/services/async/62.0/job", "/services/async/62.0/job/{id}",
            "/services/async/62.0/job/{id}/batch",
            "/services/async/62.0/job/{id}/batch/{id}/result",
            "/services/data/{v}/event/eventSchema/{id}",
            "/services/data/{v}/sobjects/ContactChangeEvent/eventSchema",
            "/cometd", "/cometd/62.0", "/cometd/62.0/connect", "/cometd/{v}",
            "/services/oauth2/token", "/services/oauth2/authorize", "/services/oauth2/revoke",
            "/services/oauth2/introspect", "/services/oauth2/userinfo", "/id/{id}/{id}",
            "/services/data/{v}/tooling/sobjects/CustomField", "/services/data/{v}/tooling/query",
            "/services/data/{v}/tooling/sobjects/CustomField/{id}",
        ],
        placeholders: [
            ("{v}", ["v62.0", "v62.0", "v58.0", "v67.0", "v99.0", "62.0"]),
            (
                "{type}",
                [
                    "Contact", "Account", "Lead", "Opportunity", "Case", "Task", "contact", "User",
                    "PermissionSet", "FieldPermissions", "PermissionSetAssignment", "CurrencyType",
                    "Nope__c",
                ]
            ),
            (
                "{id}",
                [
                    "0035g0000000001AAA", "0035g0000000002", "7505g0000000001AAA", "x",
                    "01g5g0000000001AAA-2000", "00D5g0000000001EAA",
                ]
            ),
            ("{field}", ["HubSpot_Record_ID__c", "Email", "Id", "LastName", "Nope__c"]),
            ("{result}", ["successfulResults", "failedResults", "unprocessedRecords", "nope"]),
        ],
        parameters: [
            (
                "q",
                [
                    "SELECT+Id+FROM+Contact", "SELECT+COUNT()+FROM+Contact",
                    "SELECT+Name,(SELECT+Id+FROM+Contacts)+FROM+Account+LIMIT+5",
                    "SELECT+LastName,COUNT(Id)+FROM+Contact+GROUP+BY+LastName+HAVING+COUNT(Id)>0",
                    "SELECT+FIELDS(ALL)+FROM+Contact+LIMIT+200",
                    "SELECT+Id+FROM+Contact+WHERE+CreatedDate+=+LAST_N_DAYS:99999999",
                    "SELECT+Id+FROM+Contact+WHERE+(((Name+LIKE+%27%25a%25%27)))",
                    "SELECT+Who.Name,Who.Type+FROM+Task+WHERE+What.Type='Account'",
                    "FIND+{P1*}+IN+ALL+FIELDS+RETURNING+Contact(Id,Name)",
                    "SELECT+Id+FROM+Contact+WHERE+Id+IN+(SELECT+ContactId+FROM+Case)",
                    "SELECT+Id,FullName+FROM+CustomField+LIMIT+1",
                    "SELECT+EntityDefinition.Label,DataType+FROM+FieldDefinition",
                    "SELECT+COUNT(Id)+FROM+EntityDefinition",
                    "SELECT+RecordId+FROM+UserRecordAccess+WHERE+UserId='0055g0000000001'"
                        + "+AND+RecordId+IN+('0035g0000000001')",
                    "SELECT+PermissionsApiEnabled+FROM+UserPermissionAccess+ORDER+BY+Id",
                    "SELECT+convertCurrency(Amount),convertCurrency(Amount)+a+FROM+Opportunity",
                ]
            ),
            ("start", ["2026-09-21T00:00:00Z"]), ("end", ["2026-09-22T00:00:00Z"]),
            ("ids", ["0035g0000000001AAA,0035g0000000002AAA"]),
            ("fields", ["Id,LastName", "Nope"]),
            ("allOrNone", ["true", "false"]), ("locator", ["MTA=", "null"]),
            ("maxRecords", ["1", "50000"]), ("sObjects", ["Contact,Account"]),
            ("explain", ["SELECT+Id+FROM+Contact"]), ("response_type", ["code"]),
            ("client_id", ["3MVG9integration"]), ("redirect_uri", ["https%3A%2F%2Fx%2Fcb"]),
        ],
        headers: [
            "Sforce-Query-Options", "If-Modified-Since", "If-Match", "If-Unmodified-Since",
            "Sforce-Duplicate-Rule-Header", "X-PrettyPrint", "Sforce-Call-Options", "If-None-Match",
            "Sforce-Enable-PKChunking",
        ],
        bodies: [
            (["sobjects/"], #"{"LastName":"Roux","Email":"a@x.invalid","AccountId":null}"#),
            (
                ["sobjects/"],
                #"{"LastName":"Roux","Account":{"Name":"Acme"},"Birthdate":"2020-02-30"}"#
            ),
            (
                ["composite/sobjects"],
                #"{"allOrNone":true,"records":[{"attributes":{"type":"Contact"},"LastName":"A"},{"attributes":{"type":"Account"},"Name":"B"}]}"#
            ),
            (
                ["composite/sobjects"],
                #"{"records":[{"attributes":{"type":"Contact"},"id":"0035g0000000001AAA","FirstName":"C"}]}"#
            ),
            (
                ["composite/sobjects/"],
                #"{"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"HubSpot_Record_ID__c":"7","LastName":"D"}]}"#
            ),
            (
                ["composite/sobjects/"],
                #"{"ids":["0035g0000000001AAA","x"],"fields":["Id","LastName"]}"#
            ),
            (
                ["/composite"],
                #"{"allOrNone":true,"collateSubrequests":false,"compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Acme"}},{"method":"POST","url":"/services/data/v62.0/sobjects/Contact","referenceId":"c","body":{"LastName":"E","AccountId":"@{a.id}"}},{"method":"GET","url":"/services/data/v62.0/query?q=SELECT Id FROM Contact","referenceId":"q"}]}"#
            ),
            (
                ["composite/batch"],
                #"{"haltOnError":true,"batchRequests":[{"method":"GET","url":"v62.0/limits"},{"method":"PATCH","url":"v62.0/sobjects/Contact/0035g0000000001AAA","richInput":{"FirstName":"F"}}]}"#
            ),
            (
                ["composite/graph"],
                #"{"graphs":[{"graphId":"g","compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"G"}}]}]}"#
            ),
            (
                ["composite/tree"],
                #"{"records":[{"attributes":{"type":"Account","referenceId":"r"},"Name":"H","Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"s"},"LastName":"I"}]}}]}"#
            ),
            (
                ["jobs/ingest"],
                #"{"object":"Contact","operation":"upsert","externalIdFieldName":"HubSpot_Record_ID__c","contentType":"CSV","lineEnding":"LF"}"#
            ),
            (["jobs/query"], #"{"operation":"query","query":"SELECT Id, LastName FROM Contact"}"#),
            (["jobs/"], #"{"state":"UploadComplete"}"#),
            (["jobs/"], #"{"state":"Aborted"}"#),
            (
                ["jobs/ingest"],
                "--x\nContent-Disposition: form-data; name=\"job\"\n\n{\"object\":\"Contact\","
                    + "\"operation\":\"insert\"}\n--x\nContent-Disposition: form-data; "
                    + "name=\"content\"\n\nLastName\nRoux\n--x--\n"
            ),
            (
                ["CustomField"],
                #"{"FullName":"Contact.Key__c","Metadata":{"label":"K","type":"Text","length":9,"externalId":true,"valueSet":{"valueSetDefinition":{"value":[{"valueName":"a"}]}}}}"#
            ),
            (["sobjects/"], #"{"FirstName":"A","LastName":"B","PersonEmail":"a@x.invalid"}"#),
            (
                ["sobjects/"],
                #"{"ParentId":"0PS5g0000000001","SobjectType":"Contact","Field":"Contact.Title","PermissionsRead":true}"#
            ),
            (["search"], #"{"q":"P1","in":"ALL","sobjects":[{"name":"Contact","fields":["Id"]}]}"#),
            (
                ["batches"],
                "HubSpot_Record_ID__c,LastName,Email\n1,\"A \"\"quoted\"\"\",a@x.invalid\n2,#N/A,\n"
            ),
            (
                ["token"],
                "grant_type=client_credentials&client_id=3MVG9integration&client_secret=integration-secret"
            ),
            (
                ["token"],
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30.e30.AA"
            ),
            (
                ["token"],
                "grant_type=authorization_code&client_id=3MVG9integration&code=x&redirect_uri=y"
            ),
            (
                ["cometd"],
                #"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{"replay":true},"id":"1"}]"#
            ),
            (
                ["cometd"],
                #"[{"channel":"/meta/subscribe","clientId":"x","subscription":["/data/ContactChangeEvent","/data/ChangeEvents"],"ext":{"replay":{"/data/ChangeEvents":-2}},"id":2},{"channel":"/meta/connect","clientId":"x","connectionType":"long-polling","advice":{"timeout":0}}]"#
            ),
            (["async"], #"{"operation":"insert","object":"Contact","contentType":"JSON"}"#),
            (
                ["async"],
                #"<jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><state>Closed</state></jobInfo>"#
            ),
        ]
    )
}
