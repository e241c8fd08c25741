package azure

// stsCodes are the codes of Microsoft Entra's refusals that people meet, each
// in a sentence (learn.microsoft.com/entra/identity-platform/reference-error-codes).
var stsCodes = map[string]struct {
	sentence string
	remedy   remedy
}{
	"AADSTS700082":  {"the sign-in has expired: it was not used for too long", remedyLogin},
	"AADSTS70043":   {"the sign-in has expired: the organisation asks for a new one from time to time", remedyLogin},
	"AADSTS70008":   {"the sign-in has expired or was revoked", remedyLogin},
	"AADSTS700084":  {"the sign-in has expired", remedyLogin},
	"AADSTS50173":   {"the sign-in is no longer valid: the password was changed or it was revoked", remedyLogin},
	"AADSTS50132":   {"the sign-in is no longer valid: the password was changed or it was revoked", remedyLogin},
	"AADSTS50133":   {"the sign-in is no longer valid: the password expired or was changed", remedyLogin},
	"AADSTS50078":   {"the second factor has expired", remedyMFA},
	"AADSTS50076":   {"a second factor is needed", remedyMFA},
	"AADSTS50079":   {"a second factor has to be set up and used", remedyMFA},
	"AADSTS50158":   {"a further check is needed, such as a second factor", remedyMFA},
	"AADSTS90002":   {"the tenant was not found in this cloud", remedyTenant},
	"AADSTS900023":  {"the tenant is neither an id nor a domain that Entra knows", remedyTenant},
	"AADSTS90051":   {"the tenant is in another cloud", remedyTenant},
	"AADSTS50020":   {"the account is not in this tenant, and not a guest of it", remedyTenant},
	"AADSTS50034":   {"the account does not exist in this tenant", remedyTenant},
	"AADSTS500011":  {"this tenant does not know Azure Resource Manager by this address: wrong tenant or cloud", remedyTenant},
	"AADSTS700016":  {"the application was not found in this tenant", remedyTenant},
	"AADSTS65001":   {"nobody has consented to this application yet", remedyAdmin},
	"AADSTS90094":   {"an administrator has to consent to this application", remedyAdmin},
	"AADSTS53003":   {"a conditional access policy forbids it here", remedyAdmin},
	"AADSTS53000":   {"a conditional access policy wants a managed device", remedyAdmin},
	"AADSTS50105":   {"the account is not assigned to this application", remedyAdmin},
	"AADSTS50057":   {"the account is disabled", remedyAdmin},
	"AADSTS50126":   {"wrong user name or password", remedyApp},
	"AADSTS7000215": {"the client secret is wrong (its id instead of its value?)", remedyApp},
	"AADSTS7000222": {"the client secret has expired", remedyApp},
	"AADSTS7000112": {"the application is disabled", remedyAdmin},
	"AADSTS700027":  {"the client certificate is not that of the application", remedyApp},
	"AADSTS700213":  {"no federated credential of the application matches this workload", remedyApp},
	"AADSTS70021":   {"no federated credential of the application matches this workload", remedyApp},
	"AADSTS70016":   {"the code was not entered yet", remedyDevice},
	"AADSTS70020":   {"the code has expired before it was entered", remedyDevice},
}
