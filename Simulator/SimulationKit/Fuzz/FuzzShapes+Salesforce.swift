extension FuzzShapes {
    static let salesforce = FuzzShapes(
        calls: salesforceCalls.map(FuzzCall.init),
        placeholders: [
            ("{v}", ["v62.0", "v62.0", "v62.0", "v62.0", "v58.0", "v67.0", "v99.0"]),
            (
                "{record}",
                [
                    "Contact/{contact}", "Contact/{contact}", "contact/{contact}",
                    "Account/{account}", "Lead/{lead}", "Opportunity/{opportunity}",
                    "Case/{case}", "Task/{task}", "User/{user}", "Nope__c/{contact}",
                    "Plant__c/{plant}", "Order__c/{order}",
                ]
            ),
            (
                "{type}",
                [
                    "Contact", "Contact", "Account", "Account", "Lead", "Opportunity", "Case",
                    "Task", "Event", "contact", "User", "PermissionSet", "CurrencyType", "Nope__c",
                    "Plant__c", "Order__c", "Group", "Product2", "OpportunityLineItem",
                ]
            ),
            (
                "{priced}",
                [
                    "Product2/{product}", "Pricebook2/{book}", "PricebookEntry/{entry}",
                    "OpportunityLineItem/{item}", "Opportunity/{opportunity}",
                ]
            ),
            (
                "{field}",
                [
                    "HubSpot_Record_ID__c/7", "HubSpot_Record_ID__c/7", "HubSpot_Record_ID__c/8",
                    "Email/a@x.invalid", "Id/{contact}", "Nope__c/1",
                ]
            ),
            ("{key}", ["HubSpot_Record_ID__c", "HubSpot_Record_ID__c", "Id", "Nope__c"]),
            (
                "{result}",
                ["successfulResults", "failedResults", "unprocessedrecords", "unprocessedRecords"]
            ),
            ("{soql}", salesforceQueries), ("{next}", ["/services/data/v62.0/query/x-2000"]),
            ("{contact}", ["0035g0000000001AAA"]), ("{account}", ["0015g0000000001AAA"]),
            ("{lead}", ["00Q5g0000000001AAA"]), ("{opportunity}", ["0065g0000000001AAA"]),
            ("{case}", ["5005g0000000001AAA"]), ("{task}", ["00T5g0000000001AAA"]),
            ("{plant}", ["a005g0000000001AAA"]), ("{order}", ["a015g0000000001AAA"]),
            ("{product}", ["01t5g0000000001AAA"]), ("{book}", ["01s5g0000000001AAA"]),
            ("{entry}", ["01u5g0000000001AAA"]), ("{item}", ["00k5g0000000001AAA"]),
            ("{view}", ["00B5g0000000004EAA"]),
            ("{user}", ["0055g0000000001AAA"]), ("{set}", ["0PS5g0000000001"]),
            ("{ingest}", ["7505g0000000001AAA"]), ("{query}", ["7505g0000000001AAA"]),
            ("{job}", ["7505g0000000001AAA"]), ("{part}", ["7515g0000000001AAA"]),
            ("{resultid}", ["7525g0000000001AAA"]),
            ("{custom}", ["00N5g0000000001AAA"]), ("{schema}", ["x"]), ("{client}", ["x"]),
            ("{access}", ["x"]), ("{refresh}", ["x"]), ("{identity}", ["/id/x/y"]),
            ("{days}", ["2026-09-21T00:00:00Z", "2026-09-22T00:00:00Z", "2026-10-10T00:00:00Z"]),
        ],
        finds: [
            FuzzFind("/sobjects/Contact", "id", "{contact}"),
            FuzzFind("/sobjects/Account", "id", "{account}"),
            FuzzFind("/sobjects/Lead", "id", "{lead}"),
            FuzzFind("/sobjects/Opportunity", "id", "{opportunity}"),
            FuzzFind("/sobjects/Case", "id", "{case}"), FuzzFind("/sobjects/Task", "id", "{task}"),
            FuzzFind("/sobjects/Plant__c", "id", "{plant}"),
            FuzzFind("/sobjects/Order__c", "id", "{order}"),
            FuzzFind("/sobjects/Product2", "id", "{product}"),
            FuzzFind("/sobjects/Pricebook2", "id", "{book}"),
            FuzzFind("/sobjects/PricebookEntry", "id", "{entry}"),
            FuzzFind("/sobjects/OpportunityLineItem", "id", "{item}"),
            FuzzFind("/Contact/listviews", "id", "{view}"),
            FuzzFind("FROM+Pricebook2", "Id", "{book}"),
            FuzzFind("FROM+Contact", "Id", "{contact}"),
            FuzzFind("FROM+Account", "Id", "{account}"),
            FuzzFind("FROM+User", "Id", "{user}"), FuzzFind("FROM+PermissionSet", "Id", "{set}"),
            FuzzFind("/query", "nextRecordsUrl", "{next}"),
            FuzzFind("/jobs/ingest", "id", "{ingest}"), FuzzFind("/jobs/query", "id", "{query}"),
            FuzzFind("/async/62.0/job", "id", "{job}"), FuzzFind("/batch", "id", "{part}"),
            FuzzFind("/CustomField", "id", "{custom}"), FuzzFind("eventSchema", "uuid", "{schema}"),
            FuzzFind("cometd", "clientId", "{client}"),
            FuzzFind("oauth2/token", "access_token", "{access}"),
            FuzzFind("oauth2/token", "refresh_token", "{refresh}"),
        ],
        parameters: [
            ("q", ["{soql}"]), ("start", ["{days}"]), ("end", ["{days}"]),
            ("ids", ["{contact},{contact}"]), ("fields", ["Id,LastName", "Id", "Nope"]),
            ("allOrNone", ["true", "false"]), ("locator", ["MTA=", "null"]),
            ("maxRecords", ["1", "50000"]), ("sObjects", ["Contact,Account"]),
            ("explain", ["SELECT+Id+FROM+Contact", "{soql}"]), ("response_type", ["code"]),
            ("client_id", ["3MVG9integration"]), ("redirect_uri", ["https%3A%2F%2Fx%2Fcb"]),
        ],
        headers: [
            "Sforce-Query-Options", "If-Modified-Since", "If-Match", "If-Unmodified-Since",
            "Sforce-Duplicate-Rule-Header", "X-PrettyPrint", "Sforce-Call-Options", "If-None-Match",
            "Sforce-Enable-PKChunking", "Sforce-Auto-Assign",
        ],
        bodies: salesforceBodies
    )
}
