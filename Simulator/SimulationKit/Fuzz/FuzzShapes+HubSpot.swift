extension FuzzShapes {
    static let hubspot = FuzzShapes(
        paths: [
            "/crm/{v}/objects/{type}", "/crm/{v}/objects/{type}/{id}",
            "/crm/{v}/objects/{type}/{id}/associations/{type}",
            "/crm/{v}/objects/{type}/{id}/associations/default/{type}/{id}",
            "/crm/{v}/objects/{type}/batch/{batch}", "/crm/{v}/objects/{type}/search",
            "/crm/{v}/objects/{type}/merge", "/crm/{v}/objects/contacts/gdpr-delete",
            "/crm/objects/{dated}/{type}", "/crm/objects/{dated}/{type}/{id}",
            "/crm/objects/{dated}/{type}/batch/{batch}", "/crm/objects/{dated}/{type}/search",
            "/crm/{v}/associations/{type}/{type}/batch/{batch}",
            "/crm/{v}/associations/{type}/{type}/labels",
            "/crm/associations/{dated}/{type}/{type}/batch/{batch}",
            "/crm/{v}/properties/{type}", "/crm/{v}/properties/{type}/{name}",
            "/crm/{v}/properties/{type}/batch/{batch}", "/crm/{v}/properties/{type}/groups",
            "/crm/{v}/pipelines/{type}", "/crm/{v}/pipelines/{type}/{id}/stages/{id}",
            "/crm/{v}/owners", "/crm/{v}/owners/{id}", "/crm/{v}/lists", "/crm/{v}/lists/search",
            "/crm/{v}/lists/{id}", "/crm/{v}/lists/{id}/memberships",
            "/crm/{v}/lists/{id}/memberships/add", "/crm/{v}/lists/folders",
            "/crm/{v}/lists/records/memberships/batch/read",
            "/crm-object-schemas/v3/schemas", "/crm-object-schemas/v3/schemas/{type}",
            "/crm/v3/imports", "/crm/v3/imports/{id}", "/crm/v3/imports/{id}/errors",
            "/crm/v3/exports/export/async", "/crm/v3/exports/export/async/tasks/{id}/status",
            "/crm/limits/{dated}/records", "/account-info/v3/details",
            "/account-info/v3/api-usage/daily/private-apps", "/oauth/{v}/token", "/oauth/authorize",
            "/oauth/{dated}/token/introspect", "/oauth/v1/access-tokens/{id}",
            "/webhooks/v3/{id}/subscriptions", "/webhooks/v3/{id}/settings",
            "/webhooks-journal/journal/{dated}/earliest",
            "/webhooks-journal/journal/{dated}/batch/earliest/{id}",
            "/webhooks-journal/subscriptions/{dated}", "/webhooks-journal/snapshots/{dated}/crm",
            "/marketing/v3/forms", "/marketing/v3/forms/{id}", "/email/public/v1/events",
            "/email/public/v1/campaigns", "/events/v3/events", "/events/v3/events/event-types",
            "/form-integrations/v1/submissions/forms/{id}",
            "/submissions/v3/integration/submit/{id}/{id}", "/contacts/v1/lists/all/contacts/all",
            "/companies/v2/companies/paged", "/deals/v1/deal/paged",
            "/engagements/v1/engagements/paged",
            "/properties/v2/contacts/properties", "/crm/property-validations/{dated}/0-1/{name}",
        ],
        placeholders: [
            ("{v}", ["v3", "v4", "v1", "2026-09"]), ("{dated}", ["2025-09", "2026-03", "2026-09"]),
            (
                "{type}",
                [
                    "contacts", "companies", "deals", "tickets", "notes", "0-1", "0-2", "0-27",
                    "contact", "2-1", "products", "leads", "butterflies",
                ]
            ),
            ("{id}", ["171000000001", "171000000002", "1", "x", "default"]),
            ("{batch}", ["read", "create", "update", "upsert", "archive", "associate/default"]),
            ("{name}", ["email", "firstname", "nope", "hubspot_owner_id"]),
        ],
        parameters: [
            ("limit", ["1", "10", "100", "250", "500"]), ("after", ["0", "10", "171000000001"]),
            ("properties", ["email,firstname", "email", "nope"]),
            ("propertiesWithHistory", ["email"]), ("associations", ["companies", "deals,nope"]),
            ("archived", ["true", "True", "false"]),
            ("idProperty", ["email", "firstname", "nope"]),
            ("offset", ["0", "20"]), ("count", ["2", "100"]), ("listIds", ["1", "2"]),
            ("email", ["p1@example.com"]), ("objectType", ["contact"]), ("objectId", ["1"]),
            ("occurredAfter", ["2026-09-21T00:00:00Z"]), ("client_id", ["x"]),
        ],
        headers: ["Content-Encoding", "Accept", "X-HubSpot-Signature-v3", "Transfer-Encoding"],
        bodies: [
            (["objects/"], #"{"properties":{"email":"a@x.invalid","firstname":"Ada"}}"#),
            (
                ["objects/"],
                #"{"properties":{"email":"p1@example.com","lifecyclestage":"lead","createdate":"0"}}"#
            ),
            (
                ["batch/read", "batch/archive"],
                #"{"inputs":[{"id":"171000000001"},{"id":"171000000002"}],"properties":["email"]}"#
            ),
            (
                ["batch/update"],
                #"{"inputs":[{"objectWriteTraceId":"1","id":"171000000001","properties":{"firstname":"B"}}]}"#
            ),
            (
                ["batch/create"],
                #"{"inputs":[{"objectWriteTraceId":"1","properties":{"email":"n@x.invalid"},"associations":[{"to":{"id":"1"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}]}"#
            ),
            (
                ["batch/upsert", "batch/update"],
                #"{"inputs":[{"id":"p1@example.com","idProperty":"email","properties":{"firstname":"C"}}]}"#
            ),
            (
                ["/search"],
                #"{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"p1@example.com"}]}],"sorts":[{"propertyName":"createdate","direction":"DESCENDING"}],"properties":["email"],"limit":10,"after":0,"query":"p"}"#
            ),
            (
                ["/search"],
                #"{"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"BETWEEN","value":"0","highValue":"1790000000000"},{"propertyName":"email","operator":"IN","values":["a","b"]}]}]}"#
            ),
            (["/merge"], #"{"primaryObjectId":"171000000001","objectIdToMerge":"171000000002"}"#),
            (["gdpr"], #"{"objectId":"p3@example.com","idProperty":"email"}"#),
            (
                ["associations/"],
                #"{"inputs":[{"from":{"id":"171000000001"},"to":{"id":"171000000002"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]}]}"#
            ),
            (
                ["properties/"],
                #"{"name":"my_key","label":"Key","type":"string","fieldType":"text","groupName":"contactinformation","hasUniqueValue":true}"#
            ),
            (
                ["properties/"],
                #"{"name":"pick","label":"P","type":"enumeration","fieldType":"select","groupName":"contactinformation","options":[{"label":"A","value":"a","displayOrder":1,"hidden":false}]}"#
            ),
            (
                ["/lists"],
                #"{"name":"A list","objectTypeId":"0-1","processingType":"DYNAMIC","filterBranch":{"filterBranchType":"OR","filterBranches":[{"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY","property":"firstname","operation":{"operationType":"STRING","operator":"IS_EQUAL_TO","value":"P1"}}]}],"filters":[]}}"#
            ),
            (["memberships", "v4/objects"], #"["171000000001","171000000002"]"#),
            (
                ["schemas"],
                #"{"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"vin","requiredProperties":["vin"],"properties":[{"name":"vin","label":"VIN","type":"string","fieldType":"text"}],"associatedObjects":["CONTACT"]}"#
            ),
            (
                ["pipelines"],
                #"{"label":"P","displayOrder":0,"stages":[{"label":"S","displayOrder":0,"metadata":{"probability":"0.5"}}]}"#
            ),
            (
                ["exports"],
                #"{"exportType":"VIEW","exportName":"e","format":"CSV","language":"EN","objectType":"CONTACT","objectProperties":["email"]}"#
            ),
            (
                ["webhooks-journal"],
                #"{"subscriptionType":"OBJECT","objectTypeId":"0-1","portalId":9900001,"actions":["CREATE","UPDATE"],"properties":["email"]}"#
            ),
            (
                ["webhooks/v3"],
                #"{"eventType":"contact.propertyChange","propertyName":"email","active":true}"#
            ),
            (
                ["submi"],
                #"{"fields":[{"objectTypeId":"0-1","name":"email","value":"v@x.invalid"}],"context":{"pageUri":"x"}}"#
            ),
            (["oauth"], "grant_type=refresh_token&client_id=x&client_secret=y&refresh_token=z"),
            (
                ["imports"],
                "--x\r\nContent-Disposition: form-data; name=\"importRequest\"\r\n\r\n{\"name\":\"i\",\"files\":[{\"fileName\":\"a.csv\",\"fileFormat\":\"CSV\",\"fileImportPage\":{\"hasHeader\":true,\"columnMappings\":[{\"columnObjectTypeId\":\"0-1\",\"columnName\":\"Email\",\"propertyName\":\"email\"}]}}]}\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nEmail\r\nq@x.invalid\r\n--x--\r\n"
            ),
        ]
    )
}
