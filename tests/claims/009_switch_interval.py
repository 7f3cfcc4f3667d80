"""The switch interval is 5 ms unless it is changed; 0 and less are refused."""
import sys

print(sys.getswitchinterval())
sys.setswitchinterval(0.001)
print(sys.getswitchinterval())
for wrong in (0, -1):
    try:
        sys.setswitchinterval(wrong)
    except ValueError as error:
        print(error)

# ends: well
# stdout:
# 0.005
# 0.001
# switch interval must be strictly positive
# switch interval must be strictly positive
