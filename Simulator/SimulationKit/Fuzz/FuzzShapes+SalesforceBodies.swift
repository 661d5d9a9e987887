/// The bodies that Salesforce takes.
extension FuzzShapes {
    static let salesforceBodies: [(parts: [String], text: String)] = [
        (
            ["sobjects/Contact", "sobjects/"],
            #"{"LastName":"Roux","Email":"a@x.invalid","AccountId":null}"#
        ),
        (
            ["sobjects/Contact", "sobjects/"],
            #"{"LastName":"Roux","Account":{"Name":"Acme"},"Birthdate":"2020-02-30"}"#
        ),
        (
            ["composite/sobjects"],
            #"{"allOrNone":true,"records":[{"attributes":{"type":"Contact"},"LastName":"A"},{"attributes":{"type":"Account"},"Name":"B"}]}"#
        ),
        (
            ["composite/sobjects"],
            #"{"records":[{"attributes":{"type":"Contact"},"id":"{contact}","FirstName":"C"},{"attributes":{"type":"Account"},"id":"{account}","Phone":"1"}]}"#
        ),
        (
            ["composite/sobjects/"],
            #"{"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"HubSpot_Record_ID__c":"7","LastName":"D"}]}"#
        ),
        (
            ["composite/sobjects/"],
            #"{"ids":["{contact}","x"],"fields":["Id","LastName"]}"#
        ),
        (
            ["62.0/composite", "/composite"],
            #"{"allOrNone":true,"collateSubrequests":false,"compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Acme"}},{"method":"POST","url":"/services/data/v62.0/sobjects/Contact","referenceId":"c","body":{"LastName":"E","AccountId":"@{a.id}"}},{"method":"GET","url":"/services/data/v62.0/query?q=SELECT Id FROM Contact","referenceId":"q"}]}"#
        ),
        (
            ["composite/batch"],
            #"{"haltOnError":true,"batchRequests":[{"method":"GET","url":"v62.0/limits"},{"method":"PATCH","url":"v62.0/sobjects/Contact/{contact}","richInput":{"FirstName":"F"}}]}"#
        ),
        (
            ["composite/graph"],
            #"{"graphs":[{"graphId":"g","compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"G"}}]}]}"#
        ),
        (
            ["composite/tree/"],
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
        (
            ["sobjects/Contact", "sobjects/"],
            #"{"FirstName":"A","LastName":"B","PersonEmail":"a@x.invalid"}"#
        ),
        (
            ["sobjects/Contact", "sobjects/"],
            #"{"ParentId":"0PS5g0000000001","SobjectType":"Contact","Field":"Contact.Title","PermissionsRead":true}"#
        ),
        (["sobjects/Product2"], #"{"Name":"Widget","ProductCode":"W1","IsActive":true}"#),
        (["sobjects/Pricebook2"], #"{"Name":"Mine","IsActive":true}"#),
        (
            ["sobjects/PricebookEntry"],
            #"{"Pricebook2Id":"{book}","Product2Id":"{product}","UnitPrice":9.5,"IsActive":true,"UseStandardPrice":false}"#
        ),
        (
            ["sobjects/OpportunityLineItem"],
            #"{"OpportunityId":"{opportunity}","PricebookEntryId":"{entry}","Quantity":3,"UnitPrice":9.99}"#
        ),
        (
            ["sobjects/OpportunityLineItem"],
            #"{"OpportunityId":"{opportunity}","PricebookEntryId":"{entry}","Quantity":2,"TotalPrice":1e9}"#
        ),
        (
            ["parameterizedSearch"],
            #"{"q":"P1","in":"ALL","sobjects":[{"name":"Contact","fields":["Id"]}]}"#
        ),
        (
            ["batches"],
            "HubSpot_Record_ID__c,LastName,Email\n1,\"A \"\"quoted\"\"\",a@x.invalid\n2,#N/A,\n"
        ),
        (
            ["oauth2/token"],
            "grant_type=client_credentials&client_id=3MVG9integration&client_secret=integration-secret"
        ),
        (
            ["oauth2/token"],
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30.e30.AA"
        ),
        (
            ["oauth2/token"],
            "grant_type=authorization_code&client_id=3MVG9integration&code=x&redirect_uri=y"
        ),
        (
            ["POST /cometd/62.0"],
            #"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{"replay":true},"id":"1"}]"#
        ),
        (
            ["POST /cometd/62.0"],
            #"[{"channel":"/meta/subscribe","clientId":"{client}","subscription":["/data/ContactChangeEvent","/data/ChangeEvents"],"ext":{"replay":{"/data/ChangeEvents":-2}},"id":2},{"channel":"/meta/connect","clientId":"{client}","connectionType":"long-polling","advice":{"timeout":0}}]"#
        ),
        (["/async"], #"{"operation":"insert","object":"Contact","contentType":"JSON"}"#),
        (
            ["/async"],
            #"<jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><state>Closed</state></jobInfo>"#
        ),
        (
            ["sobjects/Account", "sobjects/account"],
            #"{"Name":"Acme","NumberOfEmployees":7,"AnnualRevenue":1250.5,"Website":"acme.invalid"}"#
        ),
        (
            ["sobjects/Lead"],
            #"{"LastName":"L","Company":"Acme","Email":"l@x.invalid","Status":"Open - Not Contacted"}"#
        ),
        (
            ["sobjects/Opportunity"],
            #"{"Name":"O","StageName":"Prospecting","CloseDate":"2026-12-01","AccountId":"{account}","Amount":10}"#
        ),
        (
            ["sobjects/Plant__c"],
            #"{"Name":"P","Account__c":"{account}","Contact__c":"{contact}","OwnerId":"00G5g0000000001AAA"}"#
        ),
        (["sobjects/Order__c"], #"{"Plant__c":"{plant}"}"#),
        (["sobjects/Case"], #"{"Subject":"C","ContactId":"{contact}","Status":"New"}"#),
        (
            ["sobjects/Task"],
            #"{"Subject":"T","WhoId":"{contact}","WhatId":"{account}","ActivityDate":"2026-12-01"}"#
        ),
        (
            ["sobjects/Contact"],
            #"{"LastName":"Roux","AccountId":"{account}","Birthdate":"1990-02-28"}"#
        ),
        (["PATCH /services/data/v62.0/sobjects/Contact"], #"{"FirstName":"Zoe","Title":"CTO"}"#),
        (
            ["FieldPermissions"],
            #"{"ParentId":"{set}","SobjectType":"Contact","Field":"Contact.Title","PermissionsRead":true,"PermissionsEdit":false}"#
        ),
        (["PermissionSetAssignment"], #"{"AssigneeId":"{user}","PermissionSetId":"{set}"}"#),
        (
            ["POST /cometd/62.0"],
            #"[{"channel":"/meta/connect","clientId":"{client}","connectionType":"long-polling","advice":{"timeout":0},"id":"9"}]"#
        ),
        (
            ["POST /cometd/62.0"],
            #"[{"channel":"/meta/unsubscribe","clientId":"{client}","subscription":"/data/ChangeEvents"},{"channel":"/meta/disconnect","clientId":"{client}"}]"#
        ),
        (
            ["oauth2/introspect", "oauth2/revoke"],
            "token={access}&token_type_hint=access_token&client_id=3MVG9integration&client_secret=integration-secret"
        ),
        (
            ["oauth2/token"],
            "grant_type=refresh_token&client_id=3MVG9integration&client_secret=integration-secret&refresh_token={refresh}"
        ),
        (["AAA/batch"], #"[{"LastName":"Q","Email":"q@x.invalid"},{"LastName":null}]"#),
        (["PATCH /services/data/v62.0/jobs/ingest/"], #"{"state":"UploadComplete"}"#),
    ]
}
