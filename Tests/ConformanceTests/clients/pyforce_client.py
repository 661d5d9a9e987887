"""pyforce against MockSalesforce: a client of the partner SOAP API signs in and out."""

from loopback import Steps, equal, ready
from pyforce import PythonClient, SoapFaultError

org = ready()["salesforce"]
step = Steps()
client = PythonClient(serverUrl=org["baseURL"] + "/services/Soap/u/20.0")


@step("signs in and reads every member of the user's information")
def _():
    result = client.login(org["username"], org["password"] + org["securityToken"])
    equal(result["passwordExpired"], False)
    equal(result["sessionId"].startswith("00D"), True)
    equal(result["serverUrl"].startswith(org["baseURL"] + "/services/Soap/u/20.0/00D"), True)
    user = result["userInfo"]
    equal((user["userFullName"], user["organizationName"]), ("Integration User", "Acme"))
    equal(result["userId"][:3], "005")


@step("a wrong password is a fault with its code")
def _():
    try:
        client.login(org["username"], "wrong")
    except SoapFaultError as fault:
        equal(fault.faultCode.endswith("INVALID_LOGIN"), True)
        return
    raise AssertionError("nothing was refused")


@step("signs out")
def _():
    equal(client.logout(), True)


step.finish()
